import { approverRole } from "#domain/approvals.ts";
import { proposalDecided } from "#domain/mails/proposal-decided.ts";
import type { AppAbility } from "../ability.ts";
import { mayOn } from "../ability.ts";
import type { SignedInContext } from "../actor.ts";
import type { EventInput } from "../audit/event.ts";
import type { Transaction } from "../db.ts";
import { enqueue } from "../effects/effect.ts";
import { mail } from "../effects/mail.ts";
import { AppError } from "../errors.ts";
import { isFreshlySignedIn } from "../fresh-sign-in.ts";
import type { AnyOperation } from "../operation.ts";
import { registeredOperation } from "../operation-registry.ts";
import type { OpenProposal } from "../proposal-state.ts";
import { requireStillEntitled } from "../still-entitled.ts";
import type { TargetType } from "../targets.ts";

/** A second person's word for what somebody else asked for. The run's own context is the requester's. */
export type Approval = { context: SignedInContext; ability: AppAbility; comment: string | null };

type Question = { approval: Approval; operation: AnyOperation; target: object; proposal: OpenProposal };

/**
 * Throws unless this is another person, who may do the same thing themselves, has a role that agrees to others'
 * requests, signed in within the last five minutes and sits in no customer's seat. Their rights are read anew here.
 */
export async function requireApprover(db: Transaction, { approval, operation, target, proposal }: Question): Promise<void> {
  const { context, ability } = approval;
  const { actor } = context;
  if (actor.type !== "staff" || context.onBehalfOf || context.impersonation) throw new AppError("FORBIDDEN");
  if (actor.impersonating)
    throw new AppError("IMPERSONATION_REFUSED", {
      userMessage: "End your impersonation first: nobody agrees to anything from within one.",
    });
  await requireStillEntitled(db, context);
  const carried = operation.carries && registeredOperation(operation.carries(target));
  const mayItself = mayOn(ability, operation.name, operation.target as TargetType, target as never);
  if (!actor.roles.includes(approverRole) || !mayItself || (carried && !ability.can(carried.name, carried.target)))
    throw new AppError("FORBIDDEN", { userMessage: "You may not agree to this: it takes operations, and the right to do it yourself." });
  const [another] = await db.$queryRaw<unknown[]>`
    SELECT 1 FROM "StaffMember" requester JOIN "StaffMember" approver ON approver."id" = ${actor.id}
    WHERE requester."id" = ${proposal.requesterId} AND requester."id" <> approver."id"
      AND requester."subject" <> approver."subject" AND lower(requester."email") <> lower(approver."email")`;
  if (!another)
    throw new AppError("FORBIDDEN", { userMessage: "Nobody agrees to what they asked for themselves: it takes a second person." });
  if (!(await isFreshlySignedIn(db, context))) throw new AppError("FRESH_SIGN_IN_REQUIRED");
}

/** The approver's own event; the run that it lets happen has another one, in the requester's name. */
export function approvalEvent(approval: Approval, proposalId: string, run: EventInput): EventInput {
  return {
    context: approval.context,
    operation: "proposal.approve",
    outcome: "succeeded",
    summary: `Approve: ${run.summary}`,
    target: { type: "Proposal", id: proposalId, label: run.summary },
    organizationId: run.organizationId,
    reason: approval.comment,
    ticket: run.ticket,
  };
}

type Decided = { approval: Approval; proposal: OpenProposal; run: EventInput; eventId: string };

/**
 * Writes the decision, under the approver's event, and tells the requester. The database refuses one by the same person,
 * or on anything but what waits.
 */
export async function recordApproval(db: Transaction, { approval, proposal, run, eventId }: Decided): Promise<string> {
  const { id } = await db.proposalDecision.create({
    data: {
      proposalId: proposal.id,
      kind: "approved",
      requesterId: proposal.requesterId,
      deciderId: approval.context.actor.id,
      deciderLabel: approval.context.actor.label,
      hash: proposal.hash,
      comment: approval.comment,
    },
    select: { id: true },
  });
  const { actor: requester } = run.context;
  const { context, comment } = approval;
  if (requester.type === "staff") {
    const data = {
      proposalId: proposal.id,
      summary: run.summary,
      decision: "approved" as const,
      deciderName: context.actor.label,
      comment,
    };
    const letter = mail(proposalDecided, { to: { email: requester.email, name: requester.label }, data });
    await enqueue(db, [letter], { context, eventId, organizationId: run.organizationId ?? null });
  }
  return id;
}
