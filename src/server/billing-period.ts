import type { BillingPeriod } from "#domain/plan-change.ts";
import { Prisma } from "#generated/prisma/client.ts";
import type { Reader, Transaction } from "./db.ts";

const day = 86_400_000;
const month = 30 * day;

/** The period that is being paid for: as its invoice says, or else the month that ends when the subscription says. Null where none runs. */
export async function findBillingPeriod(
  db: Reader | Transaction,
  { organizationId, endsAt }: { organizationId: string; endsAt: Date | null },
): Promise<BillingPeriod | null> {
  const [invoice] = endsAt
    ? await db.$queryRaw<{ startsAt: Date }[]>(periodStartOf(organizationId, Prisma.sql`${endsAt}::timestamptz`))
    : [];
  return billingPeriod(endsAt, invoice?.startsAt ?? null);
}

/** The period that ends then; null where it is over. `invoiced` is when it began, where an invoice says so. */
export function billingPeriod(endsAt: Date | null, invoiced: Date | null): BillingPeriod | null {
  if (!endsAt || endsAt <= new Date()) return null;
  return { startsAt: invoiced ?? new Date(endsAt.getTime() - month), endsAt };
}

/** SQL: when the period that ends then began, as its invoice says; no row where none does. */
export function periodStartOf(organizationId: string, endsAt: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`
    SELECT "periodStart" AS "startsAt" FROM "Invoice"
    WHERE "organizationId" = ${organizationId} AND "status" <> 'draft' AND "periodEnd" > now() AND "periodStart" <= now()
      AND "periodEnd" - "periodStart" > interval '20 days' AND abs(extract(epoch FROM "periodEnd" - ${endsAt})) < 86400
    ORDER BY "periodStart" LIMIT 1`;
}
