import { reader } from "../db.ts";
import { findLimits } from "../limits.ts";
import type { Dataset, Row } from "./archive.ts";

const batchSize = 5_000;
/** An export with more would be a file that nobody opens; the newest are kept. */
export const mostPings = 500_000;

/** The pings of the organization's monitors, as far back as its plan keeps them, a monitor after the other, newest first. */
export function pings(organizationId: string): Dataset {
  return { name: "pings", columns: ["id", "monitorId", "at", "kind"], batches: readPings(organizationId) };
}

async function* readPings(organizationId: string): AsyncGenerator<Row[]> {
  const days = (await findLimits(reader(), organizationId))?.historyDays ?? 0;
  const since = new Date(Date.now() - days * 24 * 60 * 60 * 1_000);
  const monitors = await reader().monitor.findMany({ where: { organizationId }, orderBy: { id: "asc" }, select: { id: true } });
  let total = 0;
  for (const { id: monitorId } of monitors) {
    let before: { at: Date; id: bigint } | null = null;
    do {
      const rows: { id: bigint; monitorId: string; at: Date; kind: string }[] = await reader().$queryRaw`
        SELECT "id", "monitorId", "at", "kind"::text AS "kind" FROM "Ping"
        WHERE "monitorId" = ${monitorId} AND "at" >= ${since}
          AND ("at", "id") < (${before?.at ?? farFuture}::timestamptz, ${before?.id ?? maxId}::bigint)
        ORDER BY "at" DESC, "id" DESC LIMIT ${Math.min(batchSize, mostPings - total)}`;
      if (rows.length > 0) yield rows;
      total += rows.length;
      before = rows.length === batchSize ? (rows.at(-1) ?? null) : null;
    } while (before && total < mostPings);
    if (total >= mostPings) return;
  }
}

const farFuture = new Date("9999-12-31T00:00:00Z");
const maxId = 9_223_372_036_854_775_807n;
