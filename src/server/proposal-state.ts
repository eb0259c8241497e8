import type { Proposal } from "#generated/prisma/client.ts";
import type { SignedInContext } from "./actor.ts";
import type { Transaction } from "./db.ts";
import { AppError } from "./errors.ts";
import type { AnyOperation } from "./operation.ts";

export type OpenProposal = Pick<Proposal, "id" | "operation" | "targetId" | "requesterId" | "state" | "hash"> & { expired: boolean };

type Wanted = {
  id: string;
  operation: AnyOperation;
  context: SignedInContext;
  envelope: { targetId: string };
  /** A draft that its requester confirms, or one that waits for somebody else. */
  state: "draft" | "awaitingApproval";
};

/** Locks a proposal of this actor that is in this state still; says why it is not otherwise. */
export async function openProposal(db: Transaction, { id, operation, context, envelope, state }: Wanted): Promise<OpenProposal> {
  const [proposal] = await db.$queryRaw<OpenProposal[]>`
    SELECT "id", "operation", "targetId", "requesterId", "state", "hash", "expiresAt" <= now() AS "expired"
    FROM "Proposal" WHERE "id" = ${id} FOR UPDATE`;
  if (!proposal || proposal.operation !== operation.name || proposal.targetId !== envelope.targetId) throw new AppError("NOT_FOUND");
  if (proposal.requesterId !== context.actor.id)
    throw new AppError("FORBIDDEN", { userMessage: "Only the person who prepared this may run it." });
  if (proposal.state !== state) throw new AppError("CONFLICT", { userMessage: stateSentences[proposal.state] });
  if (proposal.expired) throw new AppError("EXPIRED", { userMessage: "This preview is more than 24 hours old. Prepare it again." });
  return proposal;
}

/** Ends the proposal with this run, if what ran is what was shown. */
export async function closeProposal(
  db: Transaction,
  { proposal, hash, eventId }: { proposal: OpenProposal; hash: string; eventId: string },
): Promise<void> {
  if (proposal.hash !== hash) throw new AppError("STALE_PREVIEW");
  const closed = await db.$executeRaw`
    UPDATE "Proposal" SET "state" = 'run', "eventId" = ${eventId}
    WHERE "id" = ${proposal.id} AND "state" = ${proposal.state}::"ProposalState" AND "hash" = ${hash} AND "expiresAt" > now()`;
  if (closed !== 1) throw new AppError("CONFLICT", { userMessage: stateSentences.expired });
}

export const stateSentences = {
  draft: "Its requester has to confirm it first.",
  awaitingApproval: "This waits for a second person.",
  run: "This has already run.",
  rejected: "This was rejected.",
  expired: "This has expired.",
  superseded: "Something changed after this preview, so a fresh one replaced it.",
} as const;
