import { getOperation } from "#router/registry.ts";
import type { StaffActor } from "#server/actor.ts";
import { writer } from "#server/db.ts";
import { runOperation } from "#server/run-operation.ts";
import { asRole } from "./database.ts";
import { contextOf, makeOrganization, makeStaff } from "./fixtures.ts";
import { waitingProposal } from "./scenarios/approvals.ts";

type World = Awaited<ReturnType<typeof makeOrganization>>;
export type Waiting = Awaited<ReturnType<typeof waiting>>;

export const trialEnd = async ({ id }: World) =>
  (await writer().subscription.findUniqueOrThrow({ where: { organizationId: id } })).trialEndsAt?.toISOString();
/** The trial's end before and after what waits was carried out. */
export const untouched = "2099-01-01T23:59:59.000Z";
export const extended = "2099-01-22T23:59:59.000Z";

/** An organization, and a proposal of support that waits for operations: three weeks more of trial. */
export async function waiting() {
  const world = await makeOrganization();
  const approver = await makeStaff("operations");
  const { proposalId, requester } = await waitingProposal(world);
  return { world, id: proposalId, requester: requester as StaffActor, approver };
}

/** Rejects or withdraws what waits. */
export function decideAs(name: "proposal.reject" | "proposal.withdraw", actor: StaffActor, id: string) {
  const envelope = { targetId: id, input: {}, reason: "Changed my mind" };
  const context = { ...contextOf(actor), actor };
  return runOperation({ operation: getOperation(name), context, ability: context.ability, envelope });
}

/** As the database's owner: what no part of the application may do. */
export const asOwner = (text: string, ...values: unknown[]) => asRole("owner", (client) => client.query(text, values));
