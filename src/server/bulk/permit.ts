import type { SignedInContext } from "../actor.ts";
import type { Transaction } from "../db.ts";
import { AppError } from "../errors.ts";

/** One target of a bulk run that a second person agreed to, with what its preview showed. */
export type BulkPermit = { bulkRunId: string; position: number; hash: string; approvalId: string };

/** Thrown where there is nothing left to do for a target: the run was stopped, or another worker did it. */
export class BulkInterrupted extends Error {}

/** Holds the run and the target: a stop waits for what has begun, and a target is done once. */
export async function holdBulkItem(db: Transaction, { bulkRunId, position, hash, approvalId }: BulkPermit, { actor }: SignedInContext) {
  const [item] = await db.$queryRaw<{ state: string; hash: string | null; running: boolean }[]>`
    SELECT i."state"::text AS "state", i."hash", r."state" = 'running' AS "running"
    FROM "BulkItem" i JOIN "BulkRun" r ON r."id" = i."bulkRunId"
    JOIN "ProposalDecision" d ON d."id" = ${approvalId} AND d."kind" = 'approved' AND d."requesterId" = r."requesterId"
    JOIN "Proposal" p ON p."id" = d."proposalId" AND p."targetId" = r."id" AND p."operation" = 'bulk.start'
    WHERE i."bulkRunId" = ${bulkRunId} AND i."position" = ${position} AND r."requesterId" = ${actor.id} FOR NO KEY UPDATE OF i FOR SHARE OF r`;
  if (!item || item.hash !== hash) throw new AppError("FORBIDDEN", { userMessage: "This is not what a second person agreed to." });
  if (!item.running || item.state !== "waiting") throw new BulkInterrupted("There is nothing left to do.");
}

/** Done, in the transaction of the run itself; what would no longer do what was shown throws STALE_PREVIEW. */
export async function settleBulkItem(
  db: Transaction,
  permit: BulkPermit,
  { hash, eventId }: { hash: string; eventId: string },
): Promise<void> {
  if (hash !== permit.hash)
    throw new AppError("STALE_PREVIEW", { userMessage: "It changed since the bulk run was prepared. Nothing was done." });
  await db.$executeRaw`
    UPDATE "BulkItem" SET "state" = 'succeeded', "eventId" = ${eventId} WHERE "bulkRunId" = ${permit.bulkRunId} AND "position" = ${permit.position}`;
}
