import { reader } from "#server/db.ts";

export type HourOfPings = { hour: Date; count: number };

export function latestPings(monitorId: string) {
  return reader().ping.findMany({ where: { monitorId }, orderBy: { at: "desc" }, take: 20, select: { id: true, at: true } });
}

/** The last 24 hours by the clock, the current one last, also those without a ping. */
export function pingsPerHour(monitorId: string): Promise<HourOfPings[]> {
  return reader().$queryRaw<HourOfPings[]>`
    SELECT h AS "hour", count(p."id")::int AS "count"
    FROM generate_series(date_trunc('hour', now(), 'UTC') - interval '23 hours', date_trunc('hour', now(), 'UTC'), interval '1 hour') AS h
    LEFT JOIN "Ping" p ON p."monitorId" = ${monitorId} AND p."at" >= h AND p."at" < h + interval '1 hour'
    GROUP BY h ORDER BY h`;
}
