import type { BulkState } from "#generated/prisma/enums.ts";
import type { Actor, StaffActor } from "#server/actor.ts";
import type { Transaction } from "#server/db.ts";
import { arrange, makeOrganization, makeStaff } from "../fixtures.ts";
import type { Scenarios, World } from "./scenario.ts";

const systemActor: Actor = { type: "system", id: "worker", label: "Bulk run" };

const preparers = new WeakMap<object, Actor>();
const preparer = (world: object) => preparers.get(world) ?? makeStaff("operations");

/** A bulk run in this state, on this organization. */
export async function makeBulkRun(world: Pick<World, "id" | "name">, state: BulkState): Promise<string> {
  const requester = await makeStaff("operations");
  preparers.set(world, requester);
  return arrange(async (db) => {
    const { id: bulkRunId } = await db.bulkRun.create({
      data: {
        operation: "organization.startMaintenance",
        input: { message: "Back at noon." },
        reason: "A test of it",
        requesterId: requester.id,
        requesterLabel: requester.label,
        requesterSessionId: requester.sessionId,
        total: 1,
      },
      select: { id: true },
    });
    await db.bulkItem.create({ data: { bulkRunId, position: 0, targetId: world.id, targetLabel: world.name }, select: { position: true } });
    const become = (next: BulkState) =>
      db.bulkRun.update({ where: { id: bulkRunId }, data: { state: next, digest: "x" }, select: { id: true } });
    if (state !== "preparing") await become("ready");
    if (state === "running" || state === "stopped") {
      await agree(db, bulkRunId, requester);
      await become("running");
      await become(state);
    }
    return bulkRunId;
  });
}

/** A second person's word, as the database wants to see it. */
async function agree(db: Transaction, targetId: string, { id: requesterId }: StaffActor): Promise<void> {
  const decider = await makeStaff("operations");
  const { id: proposalId, hash } = await db.proposal.create({
    data: {
      operation: "bulk.start",
      targetType: "BulkRun",
      targetId,
      targetLabel: "A test of it",
      input: {},
      reason: "A test of it",
      summary: "Run it",
      requesterId,
      state: "awaitingApproval",
      hash: "x",
      changes: [],
      consequences: [],
    },
    select: { id: true, hash: true },
  });
  const decision = { proposalId, kind: "approved" as const, requesterId, deciderId: decider.id, deciderLabel: decider.label, hash };
  await db.proposalDecision.create({ data: decision, select: { id: true } });
  await db.proposal.update({ where: { id: proposalId }, data: { state: "run" }, select: { id: true } });
}

const run = (state: BulkState) => ({ targetOf: (world: World) => makeBulkRun(world, state) });

export const bulkScenarios = {
  "bulk.prepare": {
    targetOf: () => "system",
    input: async ({ slug }) => ({
      operation: "organization.startMaintenance",
      values: '{ "message": "Back at noon." }',
      targets: `${slug}\n${(await makeOrganization()).id}\nnobody-has-this`,
    }),
  },
  "bulk.markReady": { ...run("preparing"), input: () => ({ digest: "0".repeat(64) }), actorOf: () => systemActor },
  "bulk.start": { ...run("ready"), actorOf: preparer },
  "bulk.stop": run("running"),
  "bulk.resume": { ...run("stopped"), actorOf: preparer },
  "bulk.finish": { ...run("running"), actorOf: () => systemActor },
} satisfies Scenarios;

/** The reads of bulk runs, with an input that asks for this one. */
export function bulkReads(id: () => string): Record<string, () => unknown> {
  return {
    "bulk.list": () => ({}),
    "bulk.operations": () => undefined,
    "bulk.form": () => ({ name: "organization.suspend" }),
    "bulk.get": () => ({ id: id() }),
    "bulk.report": () => ({ id: id() }),
    "bulk.progress": () => ({ id: id() }),
  };
}
