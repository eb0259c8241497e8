import type { Proposal } from "#generated/prisma/client.ts";
import { procedureContext } from "#router/procedure-context.ts";
import { getOperation } from "#router/registry.ts";
import type { Actor } from "#server/actor.ts";
import { approveProposal } from "#server/approvals/approve.ts";
import { writer } from "#server/db.ts";
import { findPhrase } from "#server/phrase.ts";
import { propose, runProposal } from "#server/proposals.ts";
import type { RunResult } from "#server/run.ts";
import { runOperation } from "#server/run-operation.ts";
import { type TargetType, targets } from "#server/targets.ts";
import { arrange, contextOf, makeOrganization, makeStaff, unique } from "./fixtures.ts";
import { accountScenarios } from "./scenarios/accounts.ts";
import { approvalScenarios } from "./scenarios/approvals.ts";
import { billingScenarios } from "./scenarios/billing.ts";
import { bulkScenarios } from "./scenarios/bulk.ts";
import { impersonationScenarios } from "./scenarios/impersonations.ts";
import { integrationScenarios } from "./scenarios/integrations.ts";
import { jobScenarios } from "./scenarios/jobs.ts";
import { lifecycleScenarios } from "./scenarios/lifecycle.ts";
import { monitorScenarios } from "./scenarios/monitors.ts";
import { peopleScenarios } from "./scenarios/people.ts";
import type { OperationName, Scenario, World } from "./scenarios/scenario.ts";
import { settingScenarios } from "./scenarios/settings.ts";
import { stripeScenarios } from "./scenarios/stripe.ts";
import { supportAccessScenarios } from "./scenarios/support-access.ts";

const suspend = (world: World) =>
  arrange((db) => db.suspension.create({ data: { organizationId: world.id, reason: "test", ticket: "T-1" }, select: { id: true } })).then(
    () => world.id,
  );

/** For every operation. A new one needs a line here, or in a file of `scenarios/` that is spread into this. */
export const scenarios: Record<OperationName, Scenario> = {
  ...accountScenarios,
  ...peopleScenarios,
  ...approvalScenarios,
  ...billingScenarios,
  ...bulkScenarios,
  ...impersonationScenarios,
  ...integrationScenarios,
  "membership.changeRole": { targetOf: (world) => world.people.member.membershipId, input: () => ({ role: "admin" }) },
  ...monitorScenarios,
  "organization.create": {
    targetOf: () => "system",
    input: () => ({ name: "New", slug: `new-${unique()}`, plan: "team", ownerEmail: `${unique()}@new.example`, ownerName: "New Owner" }),
  },
  ...jobScenarios,
  ...lifecycleScenarios,
  "organization.rename": { targetOf: (world) => world.id, input: () => ({ name: `Renamed ${unique()}` }) },
  "organization.suspend": { targetOf: (world) => world.id },
  "organization.unsuspend": { targetOf: suspend },
  "session.end": { targetOf: (world) => world.people.owner.sessionId },
  ...settingScenarios,
  ...stripeScenarios,
  ...supportAccessScenarios,
  "staff.endSessions": { targetOf: async () => (await makeStaff("viewer")).id },
  "staff.grantRole": { targetOf: async () => (await makeStaff("viewer")).id, input: () => ({ role: "billing" }) },
  "staff.revokeRole": { targetOf: makeStaffWithGrant, input: () => ({ role: "billing" }) },
  "subscription.extendTrial": { targetOf: (world) => world.id, input: () => ({ days: 7 }) },
  "user.clearLockout": { targetOf: lockOut },
  "user.endSessions": { targetOf: openSession },
  "user.revealPersonalData": { targetOf: (world) => world.people.member.id, actorOf: () => makeStaff("support") },
};

export type Prepared = {
  operation: ReturnType<typeof getOperation>;
  actor: Actor;
  targetId: string;
  input: Record<string, unknown>;
  world: World;
  /** Who agrees, where a second person has to. */
  secondPerson?: Actor;
  /** The event that it takes back. */
  undoOf?: string;
};

export async function prepare(name: OperationName): Promise<Prepared> {
  const world = await makeOrganization();
  const { targetOf, input, actorOf } = scenarios[name];
  return {
    operation: getOperation(name),
    world,
    targetId: await targetOf(world),
    input: (await input?.(world)) ?? {},
    actor: (await actorOf?.(world)) ?? (await makeStaff("admin")),
    secondPerson: await makeStaff("admin"),
  };
}

export function envelopeOf({ targetId, input, actor }: Pick<Prepared, "targetId" | "input" | "actor">) {
  return { targetId, input, ...(actor.type === "staff" ? { reason: "A test of it", ticket: "T-42" } : {}) };
}

export function requestOf(prepared: Prepared) {
  const context = contextOf(prepared.actor);
  return {
    operation: prepared.operation,
    context: { ...context, actor: prepared.actor },
    ability: context.ability,
    envelope: { ...envelopeOf(prepared), ...(prepared.undoOf && { undoOf: prepared.undoOf }) },
  };
}

/** What a person has to type to confirm this. */
export async function phraseOf({ operation, targetId }: Pick<Prepared, "operation" | "targetId">): Promise<string> {
  const target = await targets[operation.target as TargetType].find(writer(), { id: targetId } as never);
  return target ? (await findPhrase(writer(), operation, target)).words : "absent";
}

/** Runs it as its people do: staff through a proposal, customers directly; with the confirmation typed. */
export async function runAsPeopleDo(prepared: Prepared): Promise<RunResult> {
  const request = requestOf(prepared);
  const confirmation = await phraseOf(prepared);
  if (prepared.actor.type !== "staff") return runOperation({ ...request, envelope: { ...request.envelope, confirmation } });
  const { proposalId } = await propose(request);
  const result = await runProposal({ ...request, proposal: await findProposal(proposalId), confirmation });
  return result.awaitsApproval ? approveAs(prepared.secondPerson ?? (await makeStaff("admin")), proposalId) : result;
}

/** A second person agrees to what waits. */
export async function approveAs(actor: Actor, proposalId: string, comment: string | null = null): Promise<RunResult> {
  const proposal = await findProposal(proposalId);
  const context = { ...contextOf(actor), actor };
  const operation = getOperation(proposal.operation);
  return approveProposal({
    operation,
    context,
    ability: context.ability,
    proposal,
    comment,
    abilityOf: (of) => procedureContext(of).ability,
  });
}

export function findProposal(id: string): Promise<Proposal> {
  return writer().proposal.findUniqueOrThrow({ where: { id } });
}

async function openSession({ people: { member } }: World): Promise<string> {
  await arrange((db) => db.session.create({ data: { userId: member.id }, select: { id: true } }));
  return member.id;
}

async function makeStaffWithGrant(): Promise<string> {
  const staff = await makeStaff("viewer");
  await arrange((db) => db.staffRoleGrant.create({ data: { staffMemberId: staff.id, role: "billing" }, select: { id: true } }));
  return staff.id;
}

async function lockOut(world: World): Promise<string> {
  await arrange((db) => db.lockout.create({ data: { userId: world.people.member.id }, select: { id: true } }));
  return world.people.member.id;
}
