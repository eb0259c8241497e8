import { Prisma } from "#generated/prisma/client.ts";
import type { Reader, Transaction } from "./db.ts";

export type Limits = { monitors: number; seats: number; pingsPerMinute: number; historyDays: number; apiPerMinute: number };

/** What an organization may use: its plan's limits, unless its own differ; licensed seats and those lent to it for a while. Null without a subscription. */
export async function findLimits(db: Reader | Transaction, organizationId: string): Promise<Limits | null> {
  const [limits] = await db.$queryRaw<Limits[]>(limitsOf(organizationId));
  return limits ?? null;
}

/** SQL: one row of `Limits`, none without a subscription. */
export function limitsOf(organizationId: string): Prisma.Sql {
  return Prisma.sql`
    SELECT coalesce(o."monitors", p."monitors") AS "monitors", coalesce(o."pingsPerMinute", p."pingsPerMinute") AS "pingsPerMinute",
      coalesce(o."historyDays", p."historyDays") AS "historyDays", coalesce(o."apiPerMinute", p."apiPerMinute") AS "apiPerMinute",
      s."seats" + coalesce((
        SELECT sum(x."seats") FROM "SeatExpansion" x WHERE x."organizationId" = s."organizationId" AND x."endsAt" > now()
      ), 0)::int AS "seats"
    FROM "Subscription" s JOIN "Plan" p ON p."id" = s."planId"
    LEFT JOIN "LimitOverride" o ON o."organizationId" = s."organizationId"
    WHERE s."organizationId" = ${organizationId}`;
}
