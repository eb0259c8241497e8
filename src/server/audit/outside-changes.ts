import type { Transaction } from "../db.ts";

const mostCounted = 10_000;

export type OutsideChanges = { tables: { name: string; rows: number }[]; moreThan: number | null; truncated: string[] };

/** Which tables an alarm's events changed, and how many rows of each, as far as anybody reads it exactly; and which they emptied at once. */
export async function findOutsideChanges(db: Pick<Transaction, "$queryRaw">, alarmId: string): Promise<OutsideChanges> {
  // OFFSET 0: event by event, by the index. Joined as a whole, PostgreSQL may rather read months.
  const tables = await db.$queryRaw<{ name: string; rows: number }[]>`
    SELECT "tableName" AS "name", count(*)::int AS "rows" FROM (
      SELECT changed."tableName" FROM "AlarmCause" c CROSS JOIN LATERAL (
        SELECT "tableName" FROM "AuditChange" WHERE "eventId" = c."eventId" AND "at" >= c."at" - interval '1 second' OFFSET 0
      ) changed WHERE c."alarmId" = ${alarmId} LIMIT ${mostCounted + 1}
    ) counted GROUP BY 1 ORDER BY 2 DESC, 1`;
  const truncated = await db.$queryRaw<{ name: string }[]>`
    SELECT DISTINCT substring(e."summary" FROM '^TRUNCATE on (.+) from outside the application$') AS "name"
    FROM "AlarmCause" c CROSS JOIN LATERAL (
      SELECT "summary" FROM "AuditEvent" WHERE "id" = c."eventId" AND "at" = c."at" OFFSET 0
    ) e WHERE c."alarmId" = ${alarmId} AND e."summary" LIKE 'TRUNCATE on %' ORDER BY 1`;
  const counted = tables.reduce((sum, { rows }) => sum + rows, 0);
  return { tables, moreThan: counted > mostCounted ? mostCounted : null, truncated: truncated.map(({ name }) => name) };
}
