import { Prisma } from "#generated/prisma/client.ts";
import { openCallsOf, type Planned } from "./billing.ts";
import { periodStartOf } from "./billing-period.ts";
import type { Reader } from "./db.ts";
import { type FoundUse, readUse, type Use, usageOf } from "./usage.ts";

/** What stands out and what comes: invoices overdue, what Stripe has to do or refused, the planned invoice, and when the period began. */
export type BillingOutlook = { overdue: number; openCalls: number; planned: Planned; periodStartsAt: Date | null };

/** A row as it is read; without a planned invoice its parts are null. */
export type FoundStanding = FoundUse & {
  overdue: number;
  openCalls: number;
  amountDue: number | null;
  currency: string | null;
  issuedAt: Date | null;
  startsAt: Date | null;
};

type Standing = { use: Use; outlook: BillingOutlook };

/** How an organization uses what it may, and what its billing has in store: one statement. */
export async function findStanding(db: Reader, organizationId: string): Promise<Standing> {
  const [found] = await db.$queryRaw<FoundStanding[]>(standingOf(organizationId));
  if (!found) throw new Error("Aggregates always give a row.");
  return readStanding(found);
}

/** SQL: one row of `FoundStanding`. */
export function standingOf(organizationId: string): Prisma.Sql {
  const endsAt = Prisma.sql`(SELECT s."currentPeriodEndsAt" FROM "Subscription" s WHERE s."organizationId" = ${organizationId})`;
  return Prisma.sql`
    SELECT used.*, p.*, f."startsAt", (SELECT count(*)::int FROM ${openCallsOf(organizationId)}) AS "openCalls", (
      SELECT count(*)::int FROM "Invoice" o WHERE o."organizationId" = ${organizationId} AND o."status" = 'open' AND o."dueAt" < now()
    ) AS "overdue"
    FROM ${usageOf(organizationId)}
    LEFT JOIN (SELECT i."amountDue", i."currency", i."issuedAt" FROM "Invoice" i
      WHERE i."organizationId" = ${organizationId} AND i."status" = 'draft' ORDER BY i."issuedAt" LIMIT 1) p ON true
    LEFT JOIN (${periodStartOf(organizationId, endsAt)}) f ON true`;
}

export function readStanding({ overdue, openCalls, startsAt, amountDue, currency, issuedAt, ...use }: FoundStanding): Standing {
  const planned = amountDue === null || currency === null || issuedAt === null ? null : { amountDue, currency, issuedAt };
  return { use: readUse(use), outlook: { overdue, openCalls, planned, periodStartsAt: startsAt } };
}
