import { expect } from "vitest";
import { getOperation } from "#router/registry.ts";
import type { StaffActor } from "#server/actor.ts";
import { writer } from "#server/db.ts";
import { propose, runProposal } from "#server/proposals.ts";
import { runOperation } from "#server/run-operation.ts";
import { workBulkRunsTask } from "#tasks/work-bulk-runs.ts";
import { contextOf, makeOrganization, makeStaff } from "./fixtures.ts";
import { approveAs, findProposal, phraseOf } from "./scenarios.ts";

export const requestAs = (name: string, actor: StaffActor) => {
  const context = { ...contextOf(actor), actor };
  return { operation: getOperation(name), context, ability: context.ability };
};

type Wanted = { targets: string[]; operation?: string; values?: object };

/** Takes a list and previews each; maintenance where nothing else is said. */
export async function prepareBulk(
  actor: StaffActor,
  { targets, operation = "organization.startMaintenance", values = { message: "Back soon." } }: Wanted,
) {
  const input = { operation, values: JSON.stringify(values), targets: targets.join("\n") };
  const envelope = { targetId: "system", input, reason: "The data centre moves", ticket: "SUP-1" };
  const { output } = await runOperation({ ...requestAs("bulk.prepare", actor), envelope });
  const { bulkRunId } = output as { bulkRunId: string };
  await workBulk(bulkRunId);
  return bulkRunId;
}

/** What a worker does with the job. */
export function workBulk(bulkRunId: string) {
  const origin = { eventId: "evt_x", requestId: "req_x", organizationId: null, actedBy: null };
  return workBulkRunsTask.handle({ id: crypto.randomUUID(), data: { payload: { bulkRunId }, origin } as never });
}

/** Asks a second person for it; answers the proposal. */
export async function askForBulk(actor: StaffActor, bulkRunId: string): Promise<string> {
  const request = requestAs("bulk.start", actor);
  const { proposalId } = await propose({ ...request, envelope: { targetId: bulkRunId, input: {}, reason: "As planned" } });
  const confirmation = await phraseOf({ operation: request.operation, targetId: bulkRunId });
  expect((await runProposal({ ...request, proposal: await findProposal(proposalId), confirmation })).awaitsApproval).toBe(true);
  expect((await findBulk(bulkRunId)).state).toBe("ready");
  return proposalId;
}

/** Asks for it and has a second person agree. */
export async function startBulk(actor: StaffActor, bulkRunId: string, second?: StaffActor): Promise<void> {
  const proposalId = await askForBulk(actor, bulkRunId);
  await approveAs(second ?? (await makeStaff("operations")), proposalId);
}

export const findBulk = (id: string) => writer().bulkRun.findUniqueOrThrow({ where: { id } });
export const itemsOf = (bulkRunId: string) => writer().bulkItem.findMany({ where: { bulkRunId }, orderBy: { position: "asc" } });
export const inMaintenance = (ids: string[]) => writer().maintenance.count({ where: { organizationId: { in: ids } } });
export const stepBulk = (name: "bulk.stop" | "bulk.resume", actor: StaffActor, id: string) =>
  runOperation({ ...requestAs(name, actor), envelope: { targetId: id, input: {}, reason: "Wait a moment" } });

export function makeWorlds(count: number) {
  return Promise.all(Array.from({ length: count }, () => makeOrganization()));
}
