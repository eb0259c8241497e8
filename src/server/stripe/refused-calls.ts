import { describeCallKind } from "#domain/stripe-call-words.ts";
import type { Reader } from "../db.ts";
import { wasAskedAgain } from "./asked-again.ts";

const shown = 5;

/** What Stripe refused within a month and nobody asked for again since: the latest, and how many there are. */
export async function findRefusedCalls(db: Reader) {
  const rows = await db.$queryRaw<{ id: string; kind: string; organizationId: string; organizationName: string; count: number }[]>`
    SELECT c."id", c."kind", o."id" AS "organizationId", o."name" AS "organizationName", count(*) OVER ()::int AS "count"
    FROM "StripeCall" c JOIN "Organization" o ON o."id" = c."organizationId"
    WHERE c."state" = 'failed' AND c."createdAt" > now() - interval '30 days' AND NOT ${wasAskedAgain}
    ORDER BY c."id" DESC LIMIT ${shown}`;
  return { count: rows[0]?.count ?? 0, latest: rows.map(({ count: _count, kind, ...row }) => ({ ...row, what: describeCallKind(kind) })) };
}
