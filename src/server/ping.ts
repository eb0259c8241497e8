import { Prisma } from "#generated/prisma/client.ts";
import { closureKind, isShut } from "./closure.ts";
import { writer } from "./db.ts";

export type PingKind = "success" | "start" | "fail";
export type PingAnswer =
  | { answer: "taken" | "paused" | "suspended" | "deactivated" | "unknown" }
  | { answer: "tooMany"; perMinute: number; retryAfterSeconds: number };

type Found = { answer: Exclude<PingAnswer["answer"], "unknown">; perMinute: number; retryAfterSeconds: number };

const ofM = Prisma.sql`m."organizationId"`;
const keyForm = /^[0-9a-f]{64}$/;

/**
 * Notes that a monitored job has run, begins or has failed: one statement, for telemetry that belongs to no audit event.
 * Where the ping may change the monitor's state, the worker is to look at it at once. The minute's pings are summed over
 * the organization's monitors, so that no row is fought over by all of them.
 */
export async function takePing(key: string, kind: PingKind = "success"): Promise<PingAnswer> {
  if (!keyForm.test(key)) return { answer: "unknown" };
  const [found] = await writer().$queryRaw<Found[]>`
    WITH monitor AS MATERIALIZED (
      SELECT m."id", coalesce(o."pingsPerMinute", p."pingsPerMinute", 0) AS "perMinute",
        CASE
          WHEN ${isShut(ofM)} THEN ${closureKind(ofM)}
          WHEN coalesce((
            SELECT sum(x."pingsInMinute") FROM "Monitor" x
            WHERE x."organizationId" = m."organizationId" AND x."pingMinute" = date_trunc('minute', now())
          ), 0) >= coalesce(o."pingsPerMinute", p."pingsPerMinute", 0) THEN 'tooMany'
          WHEN m."pausedAt" IS NOT NULL THEN 'paused'
          ELSE 'taken'
        END AS "answer"
      FROM "Monitor" m
      LEFT JOIN "Subscription" s ON s."organizationId" = m."organizationId"
      LEFT JOIN "Plan" p ON p."id" = s."planId"
      LEFT JOIN "LimitOverride" o ON o."organizationId" = m."organizationId"
      WHERE m."pingKey" = ${key}
    ), ping AS (
      INSERT INTO "Ping" ("monitorId", "kind") SELECT "id", ${kind}::"PingKind" FROM monitor WHERE "answer" IN ('taken', 'paused')
    ), noted AS (
      UPDATE "Monitor" m SET
        "lastPingAt" = CASE WHEN ${kind} = 'start' THEN m."lastPingAt" ELSE greatest(m."lastPingAt", now()) END,
        "lastPingKind" = CASE WHEN ${kind} = 'start' OR m."lastPingAt" > now() THEN m."lastPingKind" ELSE ${kind}::"PingKind" END,
        "lastStartedAt" = CASE WHEN ${kind} = 'start' THEN greatest(m."lastStartedAt", now()) ELSE m."lastStartedAt" END,
        "pingsInMinute" = CASE WHEN m."pingMinute" = date_trunc('minute', now()) THEN m."pingsInMinute" ELSE 0 END + 1,
        "pingMinute" = date_trunc('minute', now()),
        "nextCheckAt" = CASE
          WHEN m."pausedAt" IS NULL AND (m."state" <> 'up' OR ${kind} <> 'success') THEN now() ELSE m."nextCheckAt"
        END
      FROM monitor WHERE m."id" = monitor."id" AND monitor."answer" IN ('taken', 'paused')
    )
    SELECT "answer", "perMinute", ceil(60 - extract(second FROM now()))::int AS "retryAfterSeconds" FROM monitor`;
  if (!found) return { answer: "unknown" };
  return found.answer === "tooMany" ? { ...found, answer: "tooMany" } : { answer: found.answer };
}
