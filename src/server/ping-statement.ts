import { closureKindSql, isShutSql } from "./closure-sql.ts";

const [isShut, closureKind] = [isShutSql, closureKindSql].map((sql) => sql.replaceAll("$organizationId", 'm."organizationId"'));

// Summed over the organization's monitors, so that no row is fought over by all of its pings.
const thisMinute = `coalesce((
    SELECT sum(x."pingsInMinute") FROM "Monitor" x
    WHERE x."organizationId" = m."organizationId" AND x."pingMinute" = date_trunc('minute', now())
  ), 0)`;
const perMinute = `coalesce(o."pingsPerMinute", p."pingsPerMinute", 0)`;
const joinLimits = `
  LEFT JOIN "Subscription" s ON s."organizationId" = m."organizationId"
  LEFT JOIN "Plan" p ON p."id" = s."planId"
  LEFT JOIN "LimitOverride" o ON o."organizationId" = m."organizationId"`;

/** Notes the ping ($1 is the key, $2 the kind) or says why not. It waits for whoever is changing this monitor. */
export const pingStatement = `
  WITH monitor AS MATERIALIZED (
    SELECT m."id", $2::"PingKind" AS "kind", ${perMinute} AS "perMinute",
      CASE
        WHEN ${isShut} THEN ${closureKind}
        WHEN ${thisMinute} >= ${perMinute} THEN 'tooMany'
        WHEN m."pausedAt" IS NOT NULL THEN 'paused'
        ELSE 'taken'
      END AS "answer"
    FROM "Monitor" m ${joinLimits}
    WHERE m."pingKey" = $1
  ), noted AS (
    SELECT * FROM monitor WHERE "answer" IN ('taken', 'paused')
  ), ${note("noted")}
  SELECT "answer", "perMinute", ceil(60 - extract(second FROM now()))::int AS "retryAfterSeconds" FROM monitor`;

/**
 * Notes many pings ($1 are different keys, $2 their kinds) and returns the keys that it noted: those to which nothing is
 * to be said. It never waits, so that nobody has to because somebody else's monitor is being changed.
 */
export const plainPingsStatement = `
  WITH noted AS MATERIALIZED (
    SELECT m."id", a."key", a."kind"
    FROM unnest($1::text[], $2::"PingKind"[]) AS a("key", "kind") JOIN "Monitor" m ON m."pingKey" = a."key" ${joinLimits}
    WHERE m."pausedAt" IS NULL AND NOT ${isShut} AND ${thisMinute} + cardinality($1::text[]) <= ${perMinute}
    FOR NO KEY UPDATE OF m SKIP LOCKED
  ), ${note("noted")}
  SELECT "key" FROM noted`;

/** Where a ping may change the monitor's state, the worker is to look at it at once. */
function note(pings: string): string {
  return `ping AS (
    INSERT INTO "Ping" ("monitorId", "kind") SELECT "id", "kind" FROM ${pings}
  ), updated AS (
    UPDATE "Monitor" m SET
      "lastPingAt" = CASE WHEN n."kind" = 'start' THEN m."lastPingAt" ELSE greatest(m."lastPingAt", now()) END,
      "lastPingKind" = CASE WHEN n."kind" = 'start' OR m."lastPingAt" > now() THEN m."lastPingKind" ELSE n."kind" END,
      "lastStartedAt" = CASE WHEN n."kind" = 'start' THEN greatest(m."lastStartedAt", now()) ELSE m."lastStartedAt" END,
      "pingsInMinute" = CASE WHEN m."pingMinute" = date_trunc('minute', now()) THEN m."pingsInMinute" ELSE 0 END + 1,
      "pingMinute" = date_trunc('minute', now()),
      "nextCheckAt" = CASE
        WHEN m."pausedAt" IS NULL AND (m."state" <> 'up' OR n."kind" <> 'success') THEN now() ELSE m."nextCheckAt"
      END
    FROM ${pings} n WHERE m."id" = n."id"
  )`;
}
