import { writer } from "../db.ts";

type Pruned = { lastMonitorId: string | null; deleted: number };

/**
 * Deletes pings and state changes that are older than the organization keeps them: of so many monitors in the order of
 * their ids, and so many rows of each. An organization without a limit keeps all.
 */
export async function pruneHistory({ after, monitors, rows }: { after: string; monitors: number; rows: number }): Promise<Pruned> {
  const [pruned] = await writer().$queryRaw<Pruned[]>`
    WITH page AS MATERIALIZED (
      SELECT "id", "organizationId" FROM "Monitor" WHERE "id" > ${after} ORDER BY "id" LIMIT ${monitors}
    ), kept AS MATERIALIZED (
      SELECT page."id", greatest(now() - make_interval(days => least(coalesce(o."historyDays", p."historyDays"), g."retentionDays")), g."historyPurgedBefore") AS "from"
      FROM page JOIN "Organization" g ON g."id" = page."organizationId"
      LEFT JOIN "Subscription" s ON s."organizationId" = g."id" LEFT JOIN "Plan" p ON p."id" = s."planId"
      LEFT JOIN "LimitOverride" o ON o."organizationId" = g."id"
    ), pings AS (
      DELETE FROM "Ping" WHERE "id" IN (
        SELECT x."id" FROM kept, LATERAL (
          SELECT y."id" FROM "Ping" y WHERE y."monitorId" = kept."id" AND y."at" < kept."from" ORDER BY y."at" DESC LIMIT ${rows}
        ) x
      ) RETURNING 1
    ), changes AS (
      DELETE FROM "MonitorStateChange" WHERE "id" IN (
        SELECT x."id" FROM kept, LATERAL (
          SELECT y."id" FROM "MonitorStateChange" y WHERE y."monitorId" = kept."id" AND y."at" < kept."from" ORDER BY y."at" DESC LIMIT ${rows}
        ) x
      ) RETURNING 1
    )
    SELECT (SELECT max("id") FROM page) AS "lastMonitorId", (SELECT count(*) FROM pings)::int + (SELECT count(*) FROM changes)::int AS "deleted"`;
  return pruned ?? { lastMonitorId: null, deleted: 0 };
}
