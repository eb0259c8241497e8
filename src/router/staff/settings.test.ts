import { expect, test } from "vitest";
import { createStaffCaller } from "#router/staff-router.ts";
import { contextOf, makeStaff } from "#testing/fixtures.ts";
import { prepare, runAsPeopleDo } from "#testing/scenarios.ts";

const as = async (role: "viewer" | "engineering") => createStaffCaller(contextOf(await makeStaff(role)));

test("the list says what is set, what would be, and who made it so", async () => {
  const prepared = await prepare("setting.changeOperationsPerTenMinutes");
  const { eventId } = await runAsPeopleDo(prepared);
  const { settings } = await (await as("viewer")).settings.list();
  expect(settings.find(({ key }) => key === "operationsPerTenMinutes")).toMatchObject({
    value: "40 operations",
    fallback: "30 operations",
    isDefault: false,
    changed: { id: eventId, actorLabel: prepared.actor.label },
  });
  const { timeline } = await (await as("viewer")).settings.get({ key: "operationsPerTenMinutes" });
  expect(timeline[0]).toMatchObject({ id: eventId, summary: expect.stringContaining("from 30 operations") });
});

test("who may not change a setting is told who may", async () => {
  const read = async (role: "viewer" | "engineering") => (await as(role)).settings.get({ key: "maintenance" });
  expect((await read("viewer")).operations[0]).toMatchObject({ allowed: false, whyNot: "Needs the role engineering." });
  expect((await read("engineering")).operations[0]).toMatchObject({ name: "setting.changeMaintenance", allowed: true });
});

test.each(["nothing", "constructor", "__proto__"])("there is no setting called %s", async (key) => {
  await expect((await as("viewer")).settings.get({ key })).rejects.toThrow("There is no such setting.");
});

test("the form of a setting begins with its value", async () => {
  const form = await (await as("engineering")).operationForms.get({ name: "setting.changeBusinessHours", targetId: "businessHours" });
  expect(form.values).toMatchObject({ "input.timeZone": "UTC", "input.monday": "true", "input.sunday": "false", "input.from": "07:00" });
  expect(form.fields.map(({ kind }) => kind)).toEqual(["text", ...Array(7).fill("checkbox"), "text", "text"]);
});
