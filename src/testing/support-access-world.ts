import type { AccessRequestState, SupportAccess } from "#generated/prisma/enums.ts";
import { getOperation } from "#router/registry.ts";
import type { Actor, StaffActor } from "#server/actor.ts";
import { writer } from "#server/db.ts";
import { propose, runProposal } from "#server/proposals.ts";
import type { RunResult } from "#server/run.ts";
import { asRole } from "./database.ts";
import { makeOrganization, makeStaff, unique } from "./fixtures.ts";
import type { OperationName, World } from "./scenarios/scenario.ts";
import { chooseSupportAccess, makeAccessRequest, makeSupportCase } from "./scenarios/support-access.ts";
import { requestOf, runAsPeopleDo } from "./scenarios.ts";

type Answer = { state: AccessRequestState; how?: "expired" | "another colleague" | "another person" | "another organization" };
export type Given = { request?: Answer; ticket?: "open" | "closed" | "of another" | "of nobody" };
export type Arranged = { staff: StaffActor; world: World; ticketId: string };

/** Whoever asks, in an organization that has chosen, with what customers and helpdesk say about it. */
export async function arrangeAccess(access: SupportAccess, { request, ticket }: Given = {}): Promise<Arranged> {
  const [staff, world] = [await makeStaff("support"), await makeOrganization()];
  await chooseSupportAccess(world, access);
  if (request) await answerAccessRequest({ staff, world, ...request });
  const ticketId = `SUP-${unique()}`;
  if (ticket === "of another") await makeSupportCase(ticketId, await makeOrganization());
  else if (ticket) await makeSupportCase(ticketId, ticket === "of nobody" ? null : world, ticket !== "closed");
  return { staff, world, ticketId };
}

export async function answerAccessRequest({ staff, world, state, how }: { staff: StaffActor; world: World } & Answer): Promise<string> {
  const id = await makeAccessRequest({
    staff: how === "another colleague" ? await makeStaff("support") : staff,
    world: how === "another organization" ? await makeOrganization() : world,
    userId: how === "another person" ? world.people.owner.id : world.people.member.id,
    state,
  });
  if (how === "expired") await letConsentExpire(id);
  return id;
}

export function letConsentExpire(id: string): Promise<unknown> {
  return asRole("superuser", (client) => client.query(`UPDATE "AccessRequest" SET "allowedUntil" = now() WHERE "id" = $1`, [id]));
}

export async function proposeToStart({ staff, world, ticketId }: Arranged) {
  const targetId = world.people.member.membershipId;
  const request = requestOf({ operation: getOperation("impersonation.start"), actor: staff, targetId, input: {}, world });
  const ticketed = { ...request, envelope: { ...request.envelope, ticket: ticketId } };
  const { proposalId } = await propose(ticketed);
  const proposal = await writer().proposal.findUniqueOrThrow({ where: { id: proposalId } });
  return () => runProposal({ ...ticketed, proposal, confirmation: world.people.member.email });
}

/** Begins to view as the member, through a preview. */
export async function startImpersonation(arranged: Arranged): Promise<string> {
  const { output } = await (await proposeToStart(arranged))();
  return (output as { impersonationId: string }).impersonationId;
}

type Run = { world: World; actor: Actor; targetId: string; input?: Record<string, unknown> };

export function runNamed(name: OperationName, { input = {}, ...rest }: Run): Promise<RunResult> {
  return runAsPeopleDo({ operation: getOperation(name), input, ...rest });
}
