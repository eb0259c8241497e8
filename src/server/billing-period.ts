import type { BillingPeriod } from "#domain/plan-change.ts";
import type { Reader, Transaction } from "./db.ts";

const day = 86_400_000;
const month = 30 * day;

/** The period that is being paid for: as its invoice says, or else the month that ends when the subscription says. Null where none runs. */
export async function findBillingPeriod(
  db: Reader | Transaction,
  { organizationId, endsAt }: { organizationId: string; endsAt: Date | null },
): Promise<BillingPeriod | null> {
  if (!endsAt || endsAt <= new Date()) return null;
  const [invoice] = await db.$queryRaw<{ startsAt: Date }[]>`
    SELECT "periodStart" AS "startsAt" FROM "Invoice"
    WHERE "organizationId" = ${organizationId} AND "status" <> 'draft' AND "periodEnd" > now() AND "periodStart" <= now()
      AND "periodEnd" - "periodStart" > interval '20 days' AND abs(extract(epoch FROM "periodEnd" - ${endsAt}::timestamptz)) < 86400
    ORDER BY "periodStart" LIMIT 1`;
  return { startsAt: invoice?.startsAt ?? new Date(endsAt.getTime() - month), endsAt };
}
