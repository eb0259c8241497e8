import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { declarations } from "#generated/declarations.ts";
import { sender } from "#server/jobs/boss.ts";
import { propose, runProposal } from "#server/proposals.ts";
import { runOperation } from "#server/run-operation.ts";
import { getSetting } from "#server/settings.ts";
import { toAppError } from "#server/to-app-error.ts";
import { fingerprint, observe } from "#testing/database.ts";
import { type Fault, startFaultyProxy } from "#testing/faulty-proxy.ts";
import { makeStaff } from "#testing/fixtures.ts";
import { approveAs, findProposal, phraseOf, prepare, requestOf, scenarios } from "#testing/scenarios.ts";

const auditedTables = Object.entries(declarations).flatMap(([table, { audited }]) => (audited ? [table] : []));
let proxy: Awaited<ReturnType<typeof startFaultyProxy>>;

beforeAll(async () => {
  const url = new URL(process.env.DATABASE_URL ?? "");
  proxy = await startFaultyProxy(url.href);
  url.port = String(proxy.port);
  process.env.DATABASE_URL = url.href;
  // What connects the queue to the database is not part of any run.
  await sender();
  // Nor is what a process knows of the settings: it would go on with what it knew before.
  await getSetting("maintenance");
  Object.assign((globalThis as { countersignSettings?: object }).countersignSettings ?? {}, { readAt: Number.POSITIVE_INFINITY });
});
afterAll(() => proxy.stop());

describe.each(Object.keys(scenarios) as (keyof typeof scenarios)[])("%s", (name) => {
  test("a connection lost at any statement leaves the change and its event, or neither", async () => {
    const total = await statementsOf(name);
    expect(total).toBeGreaterThanOrEqual(5);
    const run = await readyToRun(name);
    const state = { rows: await fingerprint(auditedTables), events: await countEvents(name) };
    const outcomes = [];
    for (const cut of ["before", "after"] as const) {
      for (let atStatement = 1; atStatement <= total; atStatement += 1) {
        // COMMIT comes last, and only there nobody can say whether it was done.
        const told = atStatement === total ? "OUTCOME_UNKNOWN" : "UNAVAILABLE";
        outcomes.push(await runWithFault(name, { run, state, fault: { atStatement, cut }, told }));
      }
    }
    // Only an answer lost after COMMIT, the last statement, may leave the change; every other fault leaves nothing.
    expect(outcomes).toEqual([...Array(total * 2 - 1).fill("nothing"), "all"]);
  }, 60_000);
});

async function statementsOf(name: keyof typeof scenarios): Promise<number> {
  const run = await readyToRun(name);
  proxy.arm(null);
  await run();
  return proxy.statements();
}

type Faulty = { run: () => Promise<unknown>; state: { rows: string; events: number }; fault: Fault; told: string };

async function runWithFault(name: keyof typeof scenarios, { run, state, fault, told }: Faulty): Promise<"all" | "nothing"> {
  proxy.arm(fault);
  const error = await run().then(
    () => null,
    (thrown: unknown) => toAppError(thrown),
  );
  proxy.arm(null);
  expect(error?.code, "the failure is told as what it is").toBe(told);
  const changed = state.rows !== (await fingerprint(auditedTables));
  const recorded = (await countEvents(name)) > state.events;
  expect(changed, "the change is there if and only if the event is").toBe(recorded && !scenarios[name].changesNothing);
  return recorded ? "all" : "nothing";
}

async function readyToRun(name: keyof typeof scenarios): Promise<() => Promise<unknown>> {
  const prepared = await prepare(name);
  const request = requestOf(prepared);
  const confirmation = await phraseOf(prepared);
  if (prepared.actor.type !== "staff") return () => runOperation({ ...request, envelope: { ...request.envelope, confirmation } });
  const { proposalId } = await propose(request);
  const proposal = await findProposal(proposalId);
  const confirm = () => runProposal({ ...request, proposal, confirmation });
  if (proposal.approvalReasons.length === 0) return confirm;
  await confirm();
  const second = prepared.secondPerson ?? (await makeStaff("admin"));
  return () => approveAs(second, proposalId);
}

async function countEvents(operation: string): Promise<number> {
  const sql = `SELECT count(*)::int AS count FROM "AuditEvent" WHERE "operation" = $1 AND "outcome" = 'succeeded'`;
  return (await observe<{ count: number }>(sql, [operation])).count;
}
