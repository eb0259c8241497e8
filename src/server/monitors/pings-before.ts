import { plural } from "#lib/text.ts";
import type { Transaction } from "../db.ts";

const mostCounted = 100_000;

/** "12,340 pings": how many of the organization's are from before this moment, counted up to a limit. */
export async function pingsBefore(db: Transaction, { organizationId, before }: { organizationId: string; before: Date }): Promise<string> {
  const [row] = await db.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS "count" FROM (
      SELECT 1 FROM "Monitor" m JOIN "Ping" p ON p."monitorId" = m."id"
      WHERE m."organizationId" = ${organizationId} AND p."at" < ${before} LIMIT ${mostCounted + 1}
    ) counted`;
  const count = row?.count ?? 0;
  return count > mostCounted ? `More than ${plural(mostCounted, "ping")}` : plural(count, "ping");
}
