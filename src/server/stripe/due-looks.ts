import { type Transaction, writer } from "../db.ts";

/** Everybody is looked at this often without being asked. */
const everyHours = 6;

/** Customers of Stripe whose turn it is, the longest not looked at first; no other worker gets them meanwhile. */
export async function claimDueLooks(db: Transaction, most: number): Promise<string[]> {
  const rows = await db.$queryRaw<{ organizationId: string }[]>`
    WITH due AS (
      SELECT o."id" FROM "Organization" o LEFT JOIN "StripeMirror" m ON m."organizationId" = o."id"
      WHERE o."stripeCustomerId" IS NOT NULL
        AND (m."lookedAt" IS NULL OR m."lookedAt" < clock_timestamp() - make_interval(hours => ${everyHours}::int))
      ORDER BY m."lookedAt" NULLS FIRST, o."id" LIMIT ${most}
    )
    INSERT INTO "StripeMirror" ("organizationId", "lookedAt") SELECT "id", clock_timestamp() FROM due
    ON CONFLICT ("organizationId") DO UPDATE SET "lookedAt" = excluded."lookedAt"
    WHERE "StripeMirror"."lookedAt" IS NULL OR "StripeMirror"."lookedAt" < clock_timestamp() - make_interval(hours => ${everyHours}::int)
    RETURNING "organizationId"`;
  return rows.map(({ organizationId }) => organizationId);
}

/** Calls that wait although nothing in the queue would carry them out: their job was given up, or deleted. */
export async function findOrphanedCalls(most: number): Promise<{ id: string; organizationId: string; eventId: string }[]> {
  return writer().$queryRaw`
    SELECT c."id", c."organizationId", c."eventId" FROM "StripeCall" c
    WHERE c."state" = 'pending' AND c."createdAt" < now() - interval '10 minutes' AND NOT EXISTS (
      SELECT 1 FROM pgboss.job j WHERE j.name = 'stripe' AND j.state IN ('created', 'retry', 'active') AND j.data -> 'payload' ->> 'callId' = c."id"
    )
    ORDER BY c."id" LIMIT ${most}`;
}
