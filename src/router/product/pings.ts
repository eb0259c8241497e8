import { reader } from "#server/db.ts";

export type HourOfPings = { hour: Date; count: number };

export function latestPings(monitorId: string) {
  return reader().ping.findMany({ where: { monitorId }, orderBy: { at: "desc" }, take: 20, select: { id: true, at: true, kind: true } });
}

/** The last 24 hours by the clock, the current one last, also those without a ping. */
export function pingsPerHour(monitorId: string): Promise<HourOfPings[]> {
  return reader().$queryRaw<HourOfPings[]>`
    SELECT h AS "hour", count(p."id")::int AS "count"
    FROM generate_series(date_trunc('hour', now(), 'UTC') - interval '23 hours', date_trunc('hour', now(), 'UTC'), interval '1 hour') AS h
    LEFT JOIN "Ping" p ON p."monitorId" = ${monitorId} AND p."at" >= h AND p."at" < h + interval '1 hour'
    GROUP BY h ORDER BY h`;
}

const parts = 120;

/** Of so many equal parts of a span, when those begin in which at least one ping came. It costs the same however many there were. */
export async function whenPinged({ monitorId, from, to }: { monitorId: string; from: Date; to: Date }): Promise<Date[]> {
  const step = (to.getTime() - from.getTime()) / parts / 1_000;
  if (step <= 0) return [];
  const found = await reader().$queryRaw<{ at: Date }[]>`
    SELECT b AS "at" FROM (
      SELECT ${from}::timestamptz + n * make_interval(secs => ${step}) AS b FROM generate_series(0, ${parts - 1}::int) AS n
    ) AS part
    WHERE EXISTS (
      SELECT 1 FROM "Ping" p WHERE p."monitorId" = ${monitorId} AND p."at" >= b AND p."at" < b + make_interval(secs => ${step})
    ) ORDER BY b`;
  return found.map(({ at }) => at);
}
