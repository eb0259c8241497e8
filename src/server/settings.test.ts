import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { expect, test } from "vitest";
import type { Inverse } from "#server/operation.ts";
import { findEvents } from "#testing/fixtures.ts";
import { prepare, runAsPeopleDo } from "#testing/scenarios.ts";
import { writer } from "./db.ts";
import { AppError } from "./errors.ts";
import { getSetting } from "./settings.ts";

const printEverySoOften = `
  const { getSetting } = await import("#server/settings.ts");
  for (;;) {
    console.log(await getSetting("impersonationReviewPercent"));
    await new Promise((resolve) => setTimeout(resolve, 100));
  }`;

test("a change counts for this process and for another one within two seconds", async () => {
  const other = spawn(process.execPath, ["--conditions=react-server", "--input-type=module", "--eval", printEverySoOften], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  try {
    const lines = createInterface({ input: other.stdout })[Symbol.asyncIterator]();
    const first = Number((await lines.next()).value);
    expect(await getSetting("impersonationReviewPercent")).toBe(first);
    const wanted = first === 77 ? 78 : 77;
    await runAsPeopleDo({ ...(await prepare("setting.changeImpersonationReviewPercent")), input: { value: wanted } });
    const changedAt = performance.now();
    await expect.poll(() => getSetting("impersonationReviewPercent"), { timeout: 2_000, interval: 50 }).toBe(wanted);
    let seen = first;
    while (seen !== wanted && performance.now() - changedAt < 3_000) seen = Number((await lines.next()).value);
    expect(seen).toBe(wanted);
    expect(performance.now() - changedAt).toBeLessThan(2_000);
  } finally {
    other.kill();
    await once(other, "exit");
  }
}, 20_000);

test("a reset gives the default back, and its inverse what was set before", async () => {
  const prepared = await prepare("setting.reset");
  const { eventId } = await runAsPeopleDo(prepared);
  const changes = (await writer().auditChange.findMany({ where: { eventId } })) as never;
  expect(prepared.operation.inverse?.({ targetId: prepared.targetId, changes })).toEqual({
    operation: "setting.changeOperationsPerTenMinutes",
    input: { value: 50 },
  } satisfies Inverse);
});

test("the first change is taken back by a reset", async () => {
  const prepared = await prepare("setting.changeSupportMails");
  const { eventId, summary } = await runAsPeopleDo(prepared);
  const changes = (await writer().auditChange.findMany({ where: { eventId } })) as never;
  expect(prepared.operation.inverse?.({ targetId: prepared.targetId, changes })).toEqual({ operation: "setting.reset" });
  expect(summary).toBe("Change “Mail after an impersonation” from New organizations get it to New organizations do not get it");
  expect(await findEvents({ id: eventId })).toMatchObject([{ targetType: "Setting", targetId: "supportMails" }]);
});

test("a change of one setting does not work on another, and not without a change", async () => {
  const prepared = await prepare("setting.changeMaintenance");
  await expect(runAsPeopleDo({ ...prepared, targetId: "businessHours" })).rejects.toMatchObject({ code: "FORBIDDEN" });
  const same = await prepare("setting.changeImpersonationReviewPercent");
  await expect(runAsPeopleDo({ ...same, input: { value: 10 } })).rejects.toThrow(AppError);
});
