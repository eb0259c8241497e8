import { eventKinds, reasons, staffNames } from "./event-kinds.ts";
import { list } from "./functions.ts";

/** The events from $1 to $2, with the row changes of those that succeeded. */
export function insertEvents(now: number): string {
  return `
    WITH drawn AS MATERIALIZED (
      SELECT n, pg_temp.event_ms(n) AS ms, 1 + floor(${staffNames.length} * pg_temp.chance(n, 31) ^ 1.5)::int AS staff,
        1 + width_bucket(100 * pg_temp.chance(n, 32), ${thresholds()}) AS kind,
        CASE WHEN pg_temp.chance(n, 33) < 0.95 THEN 'succeeded' WHEN pg_temp.chance(n, 34) < 0.7 THEN 'denied' ELSE 'failed' END AS outcome,
        pg_temp.some_organization(n, 35) AS customer
      FROM generate_series($1::bigint, $2) AS n
    ), described AS MATERIALIZED (
      SELECT drawn.*, id, (${column("operation")})[kind] AS operation, (${column("actor")})[kind] AS actor, (${column("summary")})[kind] AS summary,
        (${list(eventKinds.map(({ ticket }) => (ticket ? "yes" : "no")))})[kind] = 'yes' AS ticketed, target,
        CASE WHEN target = 'Monitor' THEN customer - (customer - 1) % 10 ELSE customer END AS organization
      FROM drawn CROSS JOIN LATERAL (SELECT (${column("target")})[kind] AS target, pg_temp.made_id('evt', ms, n) AS id) AS named
    ), event AS (
      INSERT INTO "AuditEvent" ("id", "at", "actorType", "actorId", "actorLabel", "actorRoles", "onBehalfOfId", "onBehalfOfLabel", "organizationId", "operation",
        "targetType", "targetId", "targetLabel", "outcome", "summary", "reason", "ticket", "requestId", "sessionId", "impersonationId", "sourceIp", "userAgent")
      SELECT id, pg_temp.at(ms), actor::"ActorType",
        CASE actor WHEN 'staff' THEN pg_temp.made_id('stf', ${now - 10 ** 11}, staff) ELSE pg_temp.user_id(organization) END,
        CASE actor WHEN 'staff' THEN (${list(staffNames)})[staff] ELSE pg_temp.user_name(organization) END,
        CASE actor WHEN 'staff' THEN ARRAY['viewer', 'support'] ELSE '{}' END,
        CASE WHEN operation LIKE 'impersonation.%' THEN pg_temp.user_id(organization) END, CASE WHEN operation LIKE 'impersonation.%' THEN pg_temp.user_name(organization) END,
        CASE WHEN target <> 'System' THEN pg_temp.organization_id(organization) END, operation, target,
        CASE target WHEN 'System' THEN 'system' WHEN 'Organization' THEN pg_temp.organization_id(organization) WHEN 'User' THEN pg_temp.user_id(organization)
          WHEN 'Membership' THEN pg_temp.made_id('mem', pg_temp.user_ms(organization), organization) ELSE pg_temp.monitor_id(organization, 0) END,
        CASE target WHEN 'System' THEN 'Countersign' WHEN 'Organization' THEN pg_temp.organization_name(organization) WHEN 'Monitor' THEN 'Nightly backup'
          ELSE pg_temp.user_name(organization) END,
        outcome::"Outcome", summary, CASE actor WHEN 'staff' THEN pg_temp.pick(${list(reasons)}, pg_temp.chance(n, 36)) END,
        CASE WHEN ticketed THEN 'SUP-' || floor(90000 * pg_temp.chance(n, 37))::int END, gen_random_uuid()::text,
        pg_temp.made_id(CASE actor WHEN 'staff' THEN 'sts' ELSE 'ses' END, ms - ms % 28800000, CASE actor WHEN 'staff' THEN staff ELSE organization END),
        CASE WHEN operation LIKE 'impersonation.%' THEN pg_temp.made_id('imp', ms - ms % 1800000, staff) END,
        '198.51.100.' || n % 250, 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0'
      FROM described
      RETURNING "id", "at", "operation", "targetId", "outcome"
    )
    INSERT INTO "AuditChange" ("id", "at", "eventId", "tableName", "rowId", "before", "after")
    SELECT 'chg' || substr("id", 4), "at", "id", "tableName", "targetId", "before"::jsonb, "after"::jsonb
    FROM event JOIN (VALUES ${changes()}) AS change ("operation", "tableName", "before", "after") USING ("operation")
    WHERE "outcome" = 'succeeded'`;
}

function thresholds(): string {
  let sum = 0;
  const ends = eventKinds.map(({ share }) => (sum += share));
  return `'{${ends.slice(0, -1).join(",")}}'::float8[]`;
}

function column(name: "operation" | "actor" | "summary" | "target"): string {
  return list(eventKinds.map((kind) => kind[name]));
}

function changes(): string {
  return eventKinds
    .flatMap(({ operation, change }) => (change ? [`('${operation}', '${change.table}', '${change.before}', '${change.after}')`] : []))
    .join(", ");
}
