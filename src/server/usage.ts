import { seatsUsed } from "#domain/seats.ts";
import type { Reader } from "./db.ts";
import { findLimits } from "./limits.ts";
import { findSeats } from "./seats.ts";

export type Usage = { label: string; used: number; of: number };

/** What an organization uses of each of its limits, now; nothing without a subscription, which alone gives limits. */
export async function findUsage(db: Reader, organizationId: string): Promise<Usage[]> {
  const [limits, seats, [counted]] = await Promise.all([
    findLimits(db, organizationId),
    findSeats(db, organizationId),
    count(db, organizationId),
  ]);
  if (!limits || !counted) return [];
  return [
    { label: "Monitors", used: counted.monitors, of: limits.monitors },
    { label: "Seats", used: seatsUsed(seats), of: limits.seats },
    { label: "Pings this minute", used: counted.pingsInMinute, of: limits.pingsPerMinute },
    { label: "Pings in the last hour", used: counted.pingsInHour, of: limits.pingsPerMinute * 60 },
    { label: "API requests this minute", used: counted.apiInMinute, of: limits.apiPerMinute },
  ];
}

type Counted = { monitors: number; pingsInMinute: number; pingsInHour: number; apiInMinute: number };

function count(db: Reader, organizationId: string): Promise<Counted[]> {
  return db.$queryRaw<Counted[]>`
    SELECT count(*)::int AS "monitors",
      coalesce(sum(m."pingsInMinute") FILTER (WHERE m."pingMinute" = date_trunc('minute', now())), 0)::int AS "pingsInMinute",
      coalesce(sum((SELECT count(*) FROM "Ping" p WHERE p."monitorId" = m."id" AND p."at" > now() - interval '1 hour')), 0)::int AS "pingsInHour",
      coalesce((SELECT u."requests" FROM "ApiUsage" u
        WHERE u."id" = ${organizationId} AND u."minute" = date_trunc('minute', now())), 0)::int AS "apiInMinute"
    FROM "Monitor" m WHERE m."organizationId" = ${organizationId}`;
}
