import { type Amounts, outlierFactor } from "#domain/bulk.ts";
import { formatMoney } from "#lib/money.ts";
import { plural } from "#lib/text.ts";
import type { Reader, Transaction } from "../db.ts";

type Queryable = Pick<Reader | Transaction, "$queryRaw">;
export type Refusal = { message: string; count: number };

/** What a bulk run gives, in each currency. */
export function findAmounts(db: Queryable, bulkRunId: string): Promise<Amounts[]> {
  return db.$queryRaw<Amounts[]>`
    SELECT "currency", count(*)::int AS "count", sum("amount")::float8 AS "sum", max("amount") AS "largest",
      percentile_disc(0.5) WITHIN GROUP (ORDER BY "amount") AS "median"
    FROM "BulkItem" WHERE "bulkRunId" = ${bulkRunId} AND "amount" IS NOT NULL AND "state" <> 'refused' GROUP BY "currency" ORDER BY "currency"`;
}

/** Why targets are left out, the most frequent reason first. */
export function findRefusals(db: Queryable, bulkRunId: string): Promise<Refusal[]> {
  return db.$queryRaw<Refusal[]>`
    SELECT "message", count(*)::int AS "count" FROM "BulkItem" WHERE "bulkRunId" = ${bulkRunId} AND "state" IN ('refused', 'failed')
    GROUP BY "message" ORDER BY "count" DESC, "message" LIMIT 20`;
}

/** Targets that get more than three times as much as the one in the middle. */
export function findOutliers(db: Queryable, bulkRunId: string) {
  return db.$queryRaw<{ position: number; targetId: string; targetLabel: string | null; amount: number; currency: string }[]>`
    SELECT i."position", i."targetId", i."targetLabel", i."amount", i."currency" FROM "BulkItem" i
    JOIN (SELECT "currency", percentile_disc(0.5) WITHIN GROUP (ORDER BY "amount") AS "median" FROM "BulkItem"
      WHERE "bulkRunId" = ${bulkRunId} AND "amount" IS NOT NULL AND "state" <> 'refused' GROUP BY "currency") m ON m."currency" = i."currency"
    WHERE i."bulkRunId" = ${bulkRunId} AND i."state" <> 'refused' AND i."amount" > ${outlierFactor} * m."median" ORDER BY i."amount" DESC LIMIT 10`;
}

/** What starting it means, in sentences: counts, sums, outliers and who is left out. */
export async function describeBulk(db: Queryable, bulkRunId: string): Promise<string[]> {
  const [counts] = await db.$queryRaw<{ waiting: number; refused: number }[]>`
    SELECT count(*) FILTER (WHERE "state" = 'waiting')::int AS "waiting", count(*) FILTER (WHERE "state" = 'refused')::int AS "refused"
    FROM "BulkItem" WHERE "bulkRunId" = ${bulkRunId}`;
  const amounts = await findAmounts(db, bulkRunId);
  const outliers = await findOutliers(db, bulkRunId);
  return [
    `It runs on ${plural(counts?.waiting ?? 0, "target")}, each with an audit event of its own.`,
    ...(counts?.refused
      ? [`${plural(counts.refused, "target")} ${counts.refused === 1 ? "is" : "are"} left out: see why on the bulk run’s page.`]
      : []),
    ...amounts.map(
      ({ currency, sum, count, median, largest }) =>
        `${formatMoney(sum, currency)} altogether for ${plural(count, "target")}: ${formatMoney(median, currency)} in the middle, ${formatMoney(largest, currency)} at most.`,
    ),
    ...outliers.map(
      ({ targetLabel, targetId, amount, currency }) => `Unusually much: ${formatMoney(amount, currency)} for ${targetLabel ?? targetId}.`,
    ),
  ];
}
