import type { Transaction } from "../db.ts";

/** From now on a monitor waits for its next ping, whatever came before. */
export async function startWaiting(db: Transaction, monitorId: string): Promise<void> {
  await db.$executeRaw`
    WITH changed AS (
      INSERT INTO "MonitorStateChange" ("monitorId", "from", "to")
      SELECT "id", "state", 'waiting' FROM "Monitor" WHERE "id" = ${monitorId} AND "state" <> 'waiting'
    )
    UPDATE "Monitor" SET "state" = 'waiting', "stateSince" = now(), "nextCheckAt" = NULL WHERE "id" = ${monitorId}`;
}
