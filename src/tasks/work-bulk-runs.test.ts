import { describe, expect, test } from "vitest";
import { createStaffCaller } from "#router/staff-router.ts";
import { reader } from "#server/db.ts";
import { findBulk, inMaintenance, itemsOf, makeWorlds, prepareBulk, startBulk, stepBulk, workBulk } from "#testing/bulk-world.ts";
import { arrange, contextOf, findEvents, makeStaff } from "#testing/fixtures.ts";

test("a list is previewed for each, changes nothing, waits for a second person, and then runs, each with an event of its own", async () => {
  const actor = await makeStaff("operations");
  const all = await makeWorlds(5);
  const ids = all.map(({ id }) => id);
  await arrange((db) => db.maintenance.create({ data: { organizationId: ids[1] ?? "", message: "Already" }, select: { id: true } }));
  const id = await prepareBulk(actor, { targets: [...all.map(({ slug }) => slug), "no-such-slug", ids[0] ?? ""] });
  expect(await findBulk(id)).toMatchObject({
    state: "ready",
    total: 6,
    prepared: 6,
    refused: 2,
    digest: expect.stringMatching(/^[0-9a-f]{64}$/),
  });
  expect(await inMaintenance(ids)).toBe(1);
  const { refusals } = await createStaffCaller(contextOf(actor)).bulk.get({ id });
  expect(refusals.map(({ count }) => count)).toEqual([1, 1]);

  await startBulk(actor, id);
  const [start] = await findEvents({ targetId: id, operation: "bulk.start", outcome: "succeeded" });
  expect(start).toMatchObject({ summary: "Run “Start maintenance” on 4 targets", targetLabel: "Start maintenance on 6 targets" });
  const proposal = await reader().proposal.findFirst({ where: { targetId: id, operation: "bulk.start" } });
  expect(proposal?.effects).toEqual(expect.arrayContaining([expect.stringContaining("The worker runs it on 4 targets")]));
  expect(await inMaintenance(ids), "approved, and not begun").toBe(1);
  await workBulk(id);
  expect(await inMaintenance(ids)).toBe(5);
  expect(await findBulk(id)).toMatchObject({ state: "finished", succeeded: 4, refused: 2, failed: 0 });
  for (const { eventId, targetId } of (await itemsOf(id)).filter(({ state }) => state === "succeeded")) {
    const [event] = await findEvents({ id: eventId ?? "" });
    expect(event).toMatchObject({
      targetId,
      actorId: actor.id,
      reason: "The data centre moves",
      ticket: "SUP-1",
      approvalId: expect.stringMatching(/^dec_/),
      metadata: { bulkRunId: id },
    });
  }
  const report = await createStaffCaller(contextOf(actor)).bulk.report({ id });
  expect(report.trim().split("\r\n")).toHaveLength(7);
  expect(await findEvents({ targetId: id, operation: "bulk.report" })).toHaveLength(1);
});

test("a target that changed since its preview is left out, and says so; the others run", async () => {
  const actor = await makeStaff("operations");
  const all = await makeWorlds(3);
  const id = await prepareBulk(actor, { targets: all.map(({ id }) => id) });
  await arrange((db) => db.organization.update({ where: { id: all[1]?.id ?? "" }, data: { name: "Renamed" }, select: { id: true } }));
  await startBulk(actor, id);
  await workBulk(id);
  expect((await itemsOf(id)).map(({ state }) => state)).toEqual(["succeeded", "failed", "succeeded"]);
  expect((await itemsOf(id))[1]?.message).toContain("changed since");
});

test("stopped in the middle and resumed: each target once, also with two workers at the same time", async () => {
  const actor = await makeStaff("operations");
  const all = await makeWorlds(30);
  const ids = all.map(({ id }) => id);
  const id = await prepareBulk(actor, { targets: ids });
  await startBulk(actor, id);
  const working = Promise.all([workBulk(id), workBulk(id)]);
  await expect.poll(() => inMaintenance(ids), { timeout: 30_000, interval: 5 }).toBeGreaterThan(0);
  await stepBulk("bulk.stop", actor, id);
  await working;
  const done = await inMaintenance(ids);
  expect(done).toBeLessThan(30);
  await workBulk(id);
  expect(await inMaintenance(ids), "a stopped run does nothing more").toBe(done);
  await stepBulk("bulk.resume", actor, id);
  await Promise.all([workBulk(id), workBulk(id)]);
  expect(await inMaintenance(ids)).toBe(30);
  expect(await findBulk(id)).toMatchObject({ state: "finished", succeeded: 30, failed: 0 });
  expect(await findEvents({ operation: "organization.startMaintenance", outcome: "succeeded", organizationId: { in: ids } })).toHaveLength(
    30,
  );
});

describe("it is refused", () => {
  test("with more targets than the role may", async () => {
    const actor = await makeStaff("operations");
    const targets = Array.from({ length: 1_001 }, (_, index) => `slug-${index}`);
    await expect(prepareBulk(actor, { targets })).rejects.toMatchObject({
      code: "INVALID_INPUT",
      userMessage: "These are 1,001; you may at most 1,000.",
    });
  });

  test.each([
    ["nothing in the list", { targets: [] as string[] }, "input.targets"],
    ["an operation that is done one at a time", { operation: "organization.rename", values: { name: "x" } }, "input.operation"],
    ["a line that is no name", { targets: ["x".repeat(301)] }, "input.targets"],
    ["an input that the operation does not take", { values: { message: "" } }, "input.message"],
  ])(
    "with %s",
    async (_case, { targets = ["a"], operation, values }: { targets?: string[]; operation?: string; values?: object }, field) => {
      const refused = prepareBulk(await makeStaff("operations"), { targets, ...(operation && { operation }), ...(values && { values }) });
      await expect(refused).rejects.toMatchObject({ code: "INVALID_INPUT", details: { fields: { [field]: expect.any(String) } } });
    },
  );

  test.each(["viewer", "support", "billing"] as const)("for %s", async (role) => {
    await expect(prepareBulk(await makeStaff(role), { targets: ["a"] })).rejects.toMatchObject({ code: "FORBIDDEN" });
  });
});
