import type { Watched } from "#domain/monitor-state.ts";
import { Prisma } from "#generated/prisma/client.ts";
import { isShut } from "../closure.ts";
import type { Transaction } from "../db.ts";

export type DueMonitor = Watched & {
  id: string;
  name: string;
  organizationId: string;
  organizationName: string;
  slug: string;
  /** Not while it is paused nor while its organization is suspended or deactivated. */
  watched: boolean;
};

/** Locks monitors that are due for a look, and says what time it is in the database, where pings take theirs from. */
export async function claimDueMonitors(db: Transaction, most: number): Promise<{ now: Date; monitors: DueMonitor[] }> {
  const monitors = await db.$queryRaw<(DueMonitor & { now: Date })[]>`
    SELECT clock_timestamp() AS "now", m."id", m."name", m."organizationId", g."name" AS "organizationName", g."slug",
      m."scheduleKind"::text, m."intervalSeconds", m."graceSeconds", m."cron", m."timeZone", m."state"::text, m."stateSince",
      m."lastPingAt", m."lastPingKind"::text, m."lastStartedAt",
      m."pausedAt" IS NULL
        AND NOT ${isShut(Prisma.sql`m."organizationId"`)} AS "watched"
    FROM "Monitor" m JOIN "Organization" g ON g."id" = m."organizationId"
    WHERE m."nextCheckAt" <= now()
    ORDER BY m."nextCheckAt"
    LIMIT ${most}
    FOR NO KEY UPDATE OF m SKIP LOCKED`;
  return { now: monitors[0]?.now ?? new Date(0), monitors };
}
