import type { Proposal } from "#generated/prisma/client.ts";
import type { SignedInContext } from "../actor.ts";
import type { Transaction } from "../db.ts";
import { AppError } from "../errors.ts";
import { stateSentences } from "../proposal-state.ts";

type Waiting = Pick<Proposal, "id" | "requesterId" | "state" | "hash" | "expiresAt">;

/** Why there is nothing to decide, in a sentence; null while it waits. */
export function whyNotWaiting({ state, expiresAt }: Pick<Waiting, "state" | "expiresAt">): string | null {
  if (state !== "awaitingApproval") return stateSentences[state];
  return expiresAt <= new Date() ? stateSentences.expired : null;
}

type Decision = { kind: "rejected" | "withdrawn"; proposal: Waiting; context: SignedInContext; comment: string | null };

/** Ends what waits without doing it: by another person, or by whoever asked for it. Answers whom to tell. */
export async function decide(db: Transaction, { kind, proposal, context, comment }: Decision) {
  const { actor } = context;
  if (actor.type !== "staff" || (kind === "withdrawn" && actor.id !== proposal.requesterId))
    throw new AppError("FORBIDDEN", { userMessage: "Only whoever asked for it may withdraw it. Others reject it." });
  const requester = await db.staffMember.findUniqueOrThrow({
    where: { id: proposal.requesterId },
    select: { subject: true, email: true, name: true },
  });
  const [self] = await db.$queryRaw<unknown[]>`
    SELECT 1 FROM "StaffMember" WHERE "id" = ${actor.id} AND ("id" = ${proposal.requesterId} OR "subject" = ${requester.subject} OR lower("email") = lower(${requester.email}))`;
  if (kind === "rejected" && self)
    throw new AppError("FORBIDDEN", { userMessage: "It is your own request: withdraw it instead of rejecting it." });
  const { id: proposalId, requesterId, hash } = proposal;
  await db.proposalDecision.create({
    data: { proposalId, kind, requesterId, deciderId: actor.id, deciderLabel: actor.label, hash, comment },
    select: { id: true },
  });
  await db.$executeRaw`UPDATE "Proposal" SET "state" = 'rejected' WHERE "id" = ${proposalId} AND "state" = 'awaitingApproval'`;
  return { requester: { email: requester.email, name: requester.name } };
}
