import { Prisma } from "#generated/prisma/client.ts";
import { reader } from "../db.ts";
import { cutPage } from "../keyset.ts";
import type { Change } from "./changes.ts";

/** An event as far as its changes are found by it. */
type Event = { id: string; at: Date };
type Found = Change & { id: string; eventId: string };

/** Most events change a few rows; one that removes a customer changes thousands, which are then read on their own. */
const mostAtOnce = 100;
const mostOfOne = 1_000;

/** Event id → how many rows it changed; none where it changed none. One statement for all of them. */
export async function countChanges(events: readonly Event[]): Promise<Map<string, number>> {
  const rows = await reader().$queryRaw<{ eventId: string; count: number }[]>`
    SELECT "eventId", count(*)::int AS "count" FROM "AuditChange" WHERE "eventId" IN (${Prisma.join(events.map(({ id }) => id))})
      AND ${whileWritten(events)} GROUP BY "eventId"`;
  return new Map(rows.map(({ eventId, count }) => [eventId, count]));
}

type Part<Row> = {
  event: Row;
  changes: Change[];
  /** Whether these are the event's first, and its last. */
  begins: boolean;
  ends: boolean;
};

/** The rows that each of these events changed, in their order, a part at a time. One statement for all events of common size. */
export async function* readChangesOf<Row extends Event>(events: readonly Row[]): AsyncGenerator<Part<Row>> {
  const found = await reader().$queryRaw<Found[]>`
    SELECT c.* FROM unnest(ARRAY[${Prisma.join(events.map(({ id }) => id))}]::text[]) AS event("id"), LATERAL (
      SELECT ${columns} FROM "AuditChange" WHERE "eventId" = event."id" AND ${whileWritten(events)} ORDER BY "id" LIMIT ${mostAtOnce + 1}) AS c`;
  const byEvent = Map.groupBy(found, ({ eventId }) => eventId);
  for (const event of events) {
    let part = cutPage(byEvent.get(event.id) ?? [], idOf, mostAtOnce);
    yield { event, changes: part.rows.map(asChange), begins: true, ends: part.next === null };
    while (part.next !== null) {
      part = cutPage(await readOn(event, part.next), idOf, mostOfOne);
      yield { event, changes: part.rows.map(asChange), begins: false, ends: part.next === null };
    }
  }
}

const columns = Prisma.raw('"id", "eventId", "tableName", "rowId", "before", "after"');

function readOn(event: Event, after: string): Promise<Found[]> {
  return reader().$queryRaw<Found[]>`
    SELECT ${columns} FROM "AuditChange" WHERE "eventId" = ${event.id} AND "id" > ${after} AND ${whileWritten([event])}
    ORDER BY "id" LIMIT ${mostOfOne + 1}`;
}

/**
 * An event's changes are of its transaction: some seconds, or as long as somebody at a psql session takes. This keeps the search to a
 * month or two of the table's.
 */
function whileWritten(events: readonly Event[]): Prisma.Sql {
  const times = events.map(({ at }) => at.getTime());
  return Prisma.sql`"at" BETWEEN ${new Date(Math.min(...times) - 1_000)} AND ${new Date(Math.max(...times) + 86_400_000)}`;
}

function idOf({ id }: Found): string {
  return id;
}

function asChange({ tableName, rowId, before, after }: Found): Change {
  return { tableName, rowId, before, after };
}
