import { describe, expect, test } from "vitest";
import { getOperation } from "#router/registry.ts";
import { createStaffCaller } from "#router/staff-router.ts";
import type { StaffActor } from "#server/actor.ts";
import { writer } from "#server/db.ts";
import { propose, runProposal } from "#server/proposals.ts";
import { runOperation } from "#server/run-operation.ts";
import { asRole } from "#testing/database.ts";
import { arrange, contextOf, findEvents, makeOrganization, makeStaff } from "#testing/fixtures.ts";
import { approveAs, findProposal } from "#testing/scenarios.ts";
import { workBulkRunsTask } from "./work-bulk-runs.ts";

const requestOf = (name: string, actor: StaffActor) => {
  const context = { ...contextOf(actor), actor };
  return { operation: getOperation(name), context, ability: context.ability };
};

async function prepare(
  actor: StaffActor,
  targets: string[],
  operation = "organization.startMaintenance",
  values: object = { message: "Back soon." },
) {
  const input = { operation, values: JSON.stringify(values), targets: targets.join("\n") };
  const envelope = { targetId: "system", input, reason: "The data centre moves", ticket: "SUP-1" };
  const { output } = await runOperation({ ...requestOf("bulk.prepare", actor), envelope });
  const { bulkRunId } = output as { bulkRunId: string };
  await work(bulkRunId);
  return bulkRunId;
}

/** What the worker does with the job. */
async function work(bulkRunId: string): Promise<void> {
  const origin = { eventId: "evt_x", requestId: "req_x", organizationId: null, actedBy: null };
  await workBulkRunsTask.handle({ id: crypto.randomUUID(), data: { payload: { bulkRunId }, origin } as never });
}

/** Asks for it and has a second person agree. */
async function start(actor: StaffActor, bulkRunId: string): Promise<void> {
  const request = requestOf("bulk.start", actor);
  const { proposalId } = await propose({ ...request, envelope: { targetId: bulkRunId, input: {}, reason: "As planned" } });
  const proposal = await findProposal(proposalId);
  const { total } = await find(bulkRunId);
  expect((await runProposal({ ...request, proposal, confirmation: String(total) })).awaitsApproval).toBe(true);
  expect((await find(bulkRunId)).state).toBe("ready");
  await approveAs(await makeStaff("operations"), proposalId);
}

const find = (id: string) => writer().bulkRun.findUniqueOrThrow({ where: { id } });
const itemsOf = (bulkRunId: string) => writer().bulkItem.findMany({ where: { bulkRunId }, orderBy: { position: "asc" } });
const inMaintenance = (ids: string[]) => writer().maintenance.count({ where: { organizationId: { in: ids } } });
const step = (name: "bulk.stop" | "bulk.resume", actor: StaffActor, id: string) =>
  runOperation({ ...requestOf(name, actor), envelope: { targetId: id, input: {}, reason: "Wait a moment" } });

async function worlds(count: number) {
  return Promise.all(Array.from({ length: count }, () => makeOrganization()));
}

test("a list is previewed for each, changes nothing, waits for a second person, and then runs, each with an event of its own", async () => {
  const actor = await makeStaff("operations");
  const all = await worlds(5);
  const ids = all.map(({ id }) => id);
  await arrange((db) => db.maintenance.create({ data: { organizationId: ids[1] ?? "", message: "Already" }, select: { id: true } }));
  const id = await prepare(actor, [...all.map(({ slug }) => slug), "no-such-slug", ids[0] ?? ""]);
  expect(await find(id)).toMatchObject({
    state: "ready",
    total: 6,
    prepared: 6,
    refused: 2,
    digest: expect.stringMatching(/^[0-9a-f]{64}$/),
  });
  expect(await inMaintenance(ids)).toBe(1);
  const { refusals } = await createStaffCaller(contextOf(actor)).bulk.get({ id });
  expect(refusals.map(({ count }) => count)).toEqual([1, 1]);

  await start(actor, id);
  expect(await inMaintenance(ids), "approved, and not begun").toBe(1);
  await work(id);
  expect(await inMaintenance(ids)).toBe(5);
  expect(await find(id)).toMatchObject({ state: "finished", succeeded: 4, refused: 2, failed: 0 });
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
  const all = await worlds(3);
  const id = await prepare(
    actor,
    all.map(({ id }) => id),
  );
  await arrange((db) => db.organization.update({ where: { id: all[1]?.id ?? "" }, data: { name: "Renamed" }, select: { id: true } }));
  await start(actor, id);
  await work(id);
  expect((await itemsOf(id)).map(({ state }) => state)).toEqual(["succeeded", "failed", "succeeded"]);
  expect((await itemsOf(id))[1]?.message).toContain("changed since");
});

test("stopped in the middle and resumed: each target once, also with two workers at the same time", async () => {
  const actor = await makeStaff("operations");
  const all = await worlds(30);
  const ids = all.map(({ id }) => id);
  const id = await prepare(actor, ids);
  await start(actor, id);
  const working = Promise.all([work(id), work(id)]);
  await expect.poll(() => inMaintenance(ids), { timeout: 30_000, interval: 5 }).toBeGreaterThan(0);
  await step("bulk.stop", actor, id);
  await working;
  const done = await inMaintenance(ids);
  expect(done).toBeLessThan(30);
  await work(id);
  expect(await inMaintenance(ids), "a stopped run does nothing more").toBe(done);
  await step("bulk.resume", actor, id);
  await Promise.all([work(id), work(id)]);
  expect(await inMaintenance(ids)).toBe(30);
  expect(await find(id)).toMatchObject({ state: "finished", succeeded: 30, failed: 0 });
  expect(await findEvents({ operation: "organization.startMaintenance", outcome: "succeeded", organizationId: { in: ids } })).toHaveLength(
    30,
  );
});

describe("it is refused", () => {
  test("with more targets than the role may", async () => {
    const actor = await makeStaff("operations");
    const targets = Array.from({ length: 1_001 }, (_, index) => `slug-${index}`);
    await expect(prepare(actor, targets)).rejects.toMatchObject({
      code: "INVALID_INPUT",
      userMessage: "These are 1,001; you may at most 1,000.",
    });
  });

  test.each([
    ["nothing in the list", { targets: [] as string[] }, "input.targets"],
    ["an operation that is done one at a time", { operation: "organization.rename", values: { name: "x" } }, "input.operation"],
    ["an input that the operation does not take", { values: { message: "" } }, "input.message"],
  ])(
    "with %s",
    async (_case, { targets = ["a"], operation, values }: { targets?: string[]; operation?: string; values?: object }, field) => {
      const refused = prepare(await makeStaff("operations"), targets, operation, values);
      await expect(refused).rejects.toMatchObject({ code: "INVALID_INPUT", details: { fields: { [field]: expect.any(String) } } });
    },
  );

  test.each(["viewer", "support", "billing"] as const)("for %s", async (role) => {
    await expect(prepare(await makeStaff(role), ["a"])).rejects.toMatchObject({ code: "FORBIDDEN" });
  });

  test("where the requester has lost the role: no target is touched", async () => {
    const actor = await makeStaff("operations");
    const all = await worlds(2);
    const id = await prepare(
      actor,
      all.map(({ id }) => id),
    );
    await start(actor, id);
    await asRole("owner", (client) =>
      client.query(`UPDATE "StaffSession" SET "groupRoles" = '{viewer}' WHERE "staffMemberId" = $1`, [actor.id]),
    );
    await work(id);
    expect(await inMaintenance(all.map(({ id }) => id))).toBe(0);
    expect((await itemsOf(id)).map(({ state }) => state)).toEqual(["failed", "failed"]);
  });

  test("to whoever has no second person's word for exactly this run", async () => {
    const actor = await makeStaff("operations");
    const [one, other] = [await makeOrganization(), await makeOrganization()];
    const [agreed, not] = [await prepare(actor, [one.id]), await prepare(actor, [other.id])];
    await start(actor, agreed);
    const decision = await writer().proposalDecision.findFirstOrThrow({ orderBy: { id: "desc" } });
    const [item] = await itemsOf(not);
    const request = requestOf("organization.startMaintenance", actor);
    const envelope = { targetId: other.id, input: { message: "Back soon." }, reason: "The data centre moves", ticket: "SUP-1" };
    const bulk = { bulkRunId: not, position: 0, hash: item?.hash ?? "", approvalId: decision.id };
    await expect(runOperation({ ...request, envelope, bulk })).rejects.toMatchObject({ code: "FORBIDDEN" });
    expect(await inMaintenance([other.id])).toBe(0);
  });
});
