import { writer } from "./db.ts";

export type PingAnswer = "taken" | "suspended" | "unknown";

const keyForm = /^[0-9a-f]{64}$/;

/** Notes that a monitored job has run: one statement, for telemetry that belongs to no audit event. */
export async function takePing(key: string): Promise<PingAnswer> {
  if (!keyForm.test(key)) return "unknown";
  const [monitor] = await writer().$queryRaw<{ suspended: boolean }[]>`
    WITH monitor AS (
      SELECT m."id", EXISTS (SELECT 1 FROM "Suspension" x WHERE x."organizationId" = m."organizationId") AS "suspended"
      FROM "Monitor" m WHERE m."pingKey" = ${key}
    ), ping AS (
      INSERT INTO "Ping" ("monitorId") SELECT "id" FROM monitor WHERE NOT "suspended"
    ), touched AS (
      UPDATE "Monitor" SET "lastPingAt" = now() FROM monitor WHERE "Monitor"."id" = monitor."id" AND NOT monitor."suspended"
    )
    SELECT "suspended" FROM monitor`;
  if (!monitor) return "unknown";
  return monitor.suspended ? "suspended" : "taken";
}
