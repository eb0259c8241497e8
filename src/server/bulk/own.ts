import type { SignedInContext } from "../actor.ts";
import type { Transaction } from "../db.ts";
import { AppError } from "../errors.ts";

/** It runs in the name of whoever prepared it, so nobody else sets it going. */
export function requireOwn(run: { requesterId: string; requesterLabel: string }, { actor }: SignedInContext): void {
  if (actor.id !== run.requesterId)
    throw new AppError("FORBIDDEN", { userMessage: `Only ${run.requesterLabel}, who prepared it, may set it going. Others may stop it.` });
}

/** A second person's word for it holds a day. */
export async function requireRecentApproval(db: Transaction, bulkRunId: string): Promise<void> {
  const found = await db.$queryRaw<unknown[]>`
    SELECT 1 FROM "ProposalDecision" d JOIN "Proposal" p ON p."id" = d."proposalId"
    WHERE p."targetId" = ${bulkRunId} AND p."operation" = 'bulk.start' AND d."kind" = 'approved' AND d."decidedAt" > now() - interval '1 day'`;
  if (found.length === 0)
    throw new AppError("CONFLICT", {
      userMessage: "No second person agreed to it within the last day. Prepare it anew, with the targets that are left.",
    });
}
