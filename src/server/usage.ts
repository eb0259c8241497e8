import { type SeatUse, seatsUsed } from "#domain/seats.ts";
import { Prisma } from "#generated/prisma/client.ts";
import type { Reader } from "./db.ts";
import { type Limits, limitsOf } from "./limits.ts";
import { seatsOf } from "./seats.ts";

export type Usage = { label: string; used: number; of: number };

type Counted = { monitors: number; pingsInMinute: number; pingsInHour: number; apiInMinute: number };

export type Use = { seats: SeatUse; usage: Usage[] };

/** An organization's seats, and what it uses of each of its limits, now; nothing without a subscription, which alone gives limits. */
export async function findUsage(db: Reader, organizationId: string): Promise<Use> {
  const [found] = await db.$queryRaw<FoundUse[]>`SELECT * FROM ${usageOf(organizationId)}`;
  if (!found) throw new Error("Aggregates always give a row.");
  return readUse(found);
}

export type FoundUse = SeatUse & { limits: Limits | null; counted: Counted };

/** SQL: one row of `FoundUse`, after FROM. */
export function usageOf(organizationId: string): Prisma.Sql {
  return Prisma.sql`(
    SELECT s.*, to_json(c) AS "counted", to_json(l) AS "limits"
    FROM (${seatsOf(organizationId)}) s CROSS JOIN (${countsOf(organizationId)}) c LEFT JOIN (${limitsOf(organizationId)}) l ON true
  ) used`;
}

export function readUse({ limits, counted, licensed, lent, lentUntil, members, invited }: FoundUse): Use {
  const seats = { licensed, lent, lentUntil, members, invited };
  const usage = limits && [
    { label: "Monitors", used: counted.monitors, of: limits.monitors },
    { label: "Seats", used: seatsUsed(seats), of: limits.seats },
    { label: "Pings this minute", used: counted.pingsInMinute, of: limits.pingsPerMinute },
    { label: "Pings in the last hour", used: counted.pingsInHour, of: limits.pingsPerMinute * 60 },
    { label: "API requests this minute", used: counted.apiInMinute, of: limits.apiPerMinute },
  ];
  return { seats, usage: usage ?? [] };
}

function countsOf(organizationId: string): Prisma.Sql {
  return Prisma.sql`
    SELECT count(*)::int AS "monitors",
      coalesce(sum(m."pingsInMinute") FILTER (WHERE m."pingMinute" = date_trunc('minute', now())), 0)::int AS "pingsInMinute",
      coalesce(sum((SELECT count(*) FROM "Ping" p WHERE p."monitorId" = m."id" AND p."at" > now() - interval '1 hour')), 0)::int AS "pingsInHour",
      coalesce((SELECT u."requests" FROM "ApiUsage" u
        WHERE u."id" = ${organizationId} AND u."minute" = date_trunc('minute', now())), 0)::int AS "apiInMinute"
    FROM "Monitor" m WHERE m."organizationId" = ${organizationId}`;
}
