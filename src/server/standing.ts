import { Prisma } from "#generated/prisma/client.ts";
import { openCallsOf, type Planned } from "./billing.ts";
import { periodStartOf } from "./billing-period.ts";
import type { Reader } from "./db.ts";
import { type FoundUse, readUse, type Use, usageOf } from "./usage.ts";

/** What stands out and what comes: invoices overdue, what Stripe has to do or refused, the planned invoice, and when the period began. */
export type BillingOutlook = { overdue: number; openCalls: number; planned: Planned; periodStartsAt: Date | null };

/** A proposal about this customer that waits for a second person. */
type Waiting = { id: string; summary: string };

type Found = FoundUse & {
  waiting: Waiting[];
  overdue: number;
  openCalls: number;
  amountDue: number | null;
  currency: string;
  issuedAt: Date;
  startsAt: Date | null;
};

/** How an organization uses what it may, what its billing has in store, and what waits for a second person: one statement. */
export async function findStanding(db: Reader, organizationId: string): Promise<{ use: Use; outlook: BillingOutlook; waiting: Waiting[] }> {
  const endsAt = Prisma.sql`(SELECT s."currentPeriodEndsAt" FROM "Subscription" s WHERE s."organizationId" = ${organizationId})`;
  const [found] = await db.$queryRaw<Found[]>`
    SELECT used.*, p.*, f."startsAt", (SELECT count(*)::int FROM ${openCallsOf(organizationId)}) AS "openCalls", (
      SELECT count(*)::int FROM "Invoice" o WHERE o."organizationId" = ${organizationId} AND o."status" = 'open' AND o."dueAt" < now()
    ) AS "overdue", (
      SELECT coalesce(json_agg(w), '[]') FROM (SELECT "id", "summary" FROM "Proposal" WHERE "organizationId" = ${organizationId}
        AND "state" = 'awaitingApproval' AND "expiresAt" > now() ORDER BY "id" LIMIT 10) w
    ) AS "waiting"
    FROM ${usageOf(organizationId)}
    LEFT JOIN (SELECT i."amountDue", i."currency", i."issuedAt" FROM "Invoice" i
      WHERE i."organizationId" = ${organizationId} AND i."status" = 'draft' ORDER BY i."issuedAt" LIMIT 1) p ON true
    LEFT JOIN (${periodStartOf(organizationId, endsAt)}) f ON true`;
  if (!found) throw new Error("Aggregates always give a row.");
  const { overdue, openCalls, startsAt, amountDue, currency, issuedAt, waiting, ...use } = found;
  const planned = amountDue === null ? null : { amountDue, currency, issuedAt };
  return { use: readUse(use), outlook: { overdue, openCalls, planned, periodStartsAt: startsAt }, waiting };
}
