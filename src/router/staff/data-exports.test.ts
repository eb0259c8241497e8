import { describe, expect, test } from "vitest";
import { procedureContext } from "#router/procedure-context.ts";
import { getOperation } from "#router/registry.ts";
import { createStaffCaller } from "#router/staff-router.ts";
import type { Context, StaffActor } from "#server/actor.ts";
import { prepareExportTask } from "#tasks/prepare-export.ts";
import { arrange, contextOf, emptyContext, findEvents, impersonating, makeOrganization, makeStaff } from "#testing/fixtures.ts";
import { runAsPeopleDo } from "#testing/scenarios.ts";
import { downloadExportAsStaff } from "./data-exports.ts";

const hour = 3_600_000;

/** An export that an engineer asked for and that the worker has prepared so long ago. */
async function arrangeExport({ hoursAgo = 0 } = {}) {
  const world = await makeOrganization();
  const actor = await makeStaff("engineering");
  const operation = getOperation("organization.requestExport");
  const { output, next } = await runAsPeopleDo({ operation, actor, targetId: world.id, input: { people: true }, world });
  const { exportId: id } = output as { exportId: string };
  const origin = { eventId: "evt_test", requestId: "req_test", organizationId: null, actedBy: null };
  const recipients = [{ email: world.people.owner.email, name: world.people.owner.name }];
  const data = { payload: { exportId: id, recipients }, origin };
  await prepareExportTask.handle({ id: "00000000-0000-0000-0000-000000000000", data: data as never });
  const readyAt = new Date(Date.now() - hoursAgo * hour);
  if (hoursAgo > 0) await arrange((db) => db.dataExport.update({ where: { id }, data: { readyAt }, select: { id: true } }));
  const download = (context: Partial<Context>, organizationId = world.id) =>
    downloadExportAsStaff(procedureContext({ ...emptyContext(), ...context }), { organizationId, id });
  const seenBy = async (who: StaffActor) =>
    (await createStaffCaller(contextOf(who)).dataExports.ofOrganization({ id: world.id })).exports.map((one) => one.downloadable);
  return { world, actor, id, next, download, seenBy };
}

const eventsOf = async (id: string) =>
  (await findEvents({ operation: "dataExport.download", targetId: id })).map(({ outcome, actorId }) => [outcome, actorId]);

test("whoever of the staff asked for an export is led to it, gets the file, and each time is an event", async () => {
  const { world, actor, id, next, download, seenBy } = await arrangeExport({ hoursAgo: 23 });
  expect(next).toBe(`/admin/organizations/${world.id}/exports`);
  expect(await seenBy(actor)).toEqual([true]);
  const { content, fileName } = await download({ actor });
  expect([new TextDecoder().decode(content.subarray(0, 2)), fileName]).toEqual(["PK", `${world.slug}-${id}.zip`]);
  await download({ actor });
  expect(await eventsOf(id)).toEqual([
    ["succeeded", actor.id],
    ["succeeded", actor.id],
  ]);
});

test("after a day it is the owners' alone", async () => {
  const { actor, id, download, seenBy } = await arrangeExport({ hoursAgo: 25 });
  expect(await seenBy(actor)).toEqual([false]);
  await expect(download({ actor })).rejects.toMatchObject({ code: "EXPIRED" });
  expect(await eventsOf(id)).toEqual([["denied", actor.id]]);
});

describe("nobody else of the staff gets it", () => {
  test("not an admin who did not ask", async () => {
    const { id, actor, download, seenBy } = await arrangeExport();
    const other = await makeStaff("admin");
    expect(await seenBy(other)).toEqual([false]);
    await expect(download({ actor: other })).rejects.toMatchObject({
      code: "FORBIDDEN",
      userMessage: expect.stringContaining(`Only ${actor.label} (staff), who asked for it`),
    });
    expect(await eventsOf(id)).toEqual([["denied", other.id]]);
  });

  test("not whoever asked and has lost the role since", async () => {
    const { actor, download, seenBy } = await arrangeExport();
    const support: StaffActor = { ...actor, roles: (await makeStaff("support")).roles };
    expect(await seenBy(support)).toEqual([false]);
    await expect(download({ actor: support })).rejects.toMatchObject({ code: "FORBIDDEN" });
  });

  test("not of what the customer asked for", async () => {
    const { actor, world, id, download } = await arrangeExport();
    await arrange((db) => db.dataExport.update({ where: { id }, data: { requestedByStaffId: null }, select: { id: true } }));
    await expect(download({ actor })).rejects.toMatchObject({ userMessage: `Only the owners of ${world.name} may download this export.` });
  });

  test("not in the seat of the owner", async () => {
    const { actor, world, download } = await arrangeExport();
    const seat = impersonating({ id: "imp_test", world, person: world.people.owner.actor, mode: "write" });
    await expect(download({ actor, ...seat })).rejects.toMatchObject({ code: "FORBIDDEN" });
  });

  test("not at the address of another organization, and no customer in the staff area", async () => {
    const { actor, world, download } = await arrangeExport();
    await expect(download({ actor }, (await makeOrganization()).id)).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(download({ actor: world.people.owner.actor })).rejects.toMatchObject({ code: "UNAUTHENTICATED" });
    await expect(download({})).rejects.toMatchObject({ code: "UNAUTHENTICATED" });
  });
});
