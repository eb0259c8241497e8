import { Prisma } from "#generated/prisma/client.ts";
import { AppError } from "./errors.ts";

export const pageSize = 50;
/** What toISOString() writes, or the same to the microsecond: PostgreSQL does not take all that Date.parse() does. */
const timeForm = /^[12]\d{3}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}(\d{3})?Z$/;
const countLimit = 10_000;

/** The last row seen: its sort value and its id, which breaks ties. */
type Cursor = { value: string; id: string };
type Sort = {
  column: Prisma.Sql;
  id: Prisma.Sql;
  direction: "asc" | "desc";
  cast?: "timestamptz" | "text";
  /** Where the cursor's sort value is read again by its id, because it must not be in an address. */
  secretIn?: Prisma.Sql;
};

/** A page's condition, order and limit by keyset: as fast on the last page as on the first. */
export function keyset({ column, id, direction, cast = "text", secretIn }: Sort, cursor: string | undefined) {
  const comparison = Prisma.raw(direction === "asc" ? ">" : "<");
  const order = Prisma.raw(direction);
  const after = cursor ? decodeCursor(cursor, cast) : null;
  const last = secretIn
    ? Prisma.sql`(SELECT ${column}, ${id} FROM ${secretIn} WHERE ${id} = ${after?.id})`
    : Prisma.sql`(${after?.value}::${Prisma.raw(cast)}, ${after?.id})`;
  return {
    where: after ? Prisma.sql`(${column}, ${id}) ${comparison} ${last}` : Prisma.sql`TRUE`,
    order: Prisma.sql`ORDER BY ${column} ${order}, ${id} ${order} LIMIT ${pageSize + 1}`,
  };
}

type Cut<Row, Cursor> = { rows: Row[]; next: Cursor | null };
export type Page<Row> = Cut<Row, string>;

/** Cuts the one row that was read too many, and says after which the next page begins: null on the last page. */
export function cutPage<Row, Cursor>(rows: readonly Row[], cursorOf: (row: Row) => Cursor, size = pageSize): Cut<Row, Cursor> {
  const shown = rows.slice(0, size);
  const last = shown.at(-1);
  return { rows: shown, next: rows.length > size && last !== undefined ? cursorOf(last) : null };
}

/** The same for rows in the order of a keyset. */
export function toPage<Row extends { id: string }>(rows: readonly Row[], value: (row: Row) => string): Page<Row> {
  return cutPage(rows, (row) => encodeCursor({ value: value(row), id: row.id }));
}

/** Joins conditions; none means all rows. */
export function allOf(conditions: (Prisma.Sql | null)[]): Prisma.Sql {
  const present = conditions.filter((condition) => condition !== null);
  return present.length > 0 ? Prisma.join(present, " AND ") : Prisma.sql`TRUE`;
}

/**
 * A count that stops where nobody reads it exactly any more. Of a whole table, the planner's estimate says whether that
 * is far behind.
 */
export function cappedCount(from: Prisma.Sql, whole?: "User" | "Organization" | "Invoice"): Prisma.Sql {
  const counted = Prisma.sql`(SELECT count(*)::int FROM (SELECT 1 FROM ${from} LIMIT ${countLimit + 1}) AS counted)`;
  if (!whole) return Prisma.sql`SELECT ${counted} AS "count"`;
  const estimate = Prisma.sql`(SELECT "reltuples" FROM pg_class WHERE "oid" = ${Prisma.raw(`'"${whole}"'`)}::regclass)`;
  return Prisma.sql`SELECT CASE WHEN ${estimate} > ${2 * countLimit} THEN ${countLimit + 1} ELSE ${counted} END AS "count"`;
}

/** Whether there are more than anybody counts. */
export function isBeyondCount(count: number): boolean {
  return count > countLimit;
}

export function describeCount(count: number): string {
  return isBeyondCount(count) ? `more than ${countLimit.toLocaleString("en-GB")}` : count.toLocaleString("en-GB");
}

/**
 * The ids that a statement finds, for an order that no index gives together with the filters: found first, then sorted. In one step
 * PostgreSQL may walk the whole table in that order, looking for what hardly occurs. For no more than are counted.
 */
export function foundFirst(ids: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`(WITH found AS MATERIALIZED (${ids}) SELECT "id" FROM found)`;
}

/** A count for the audit: how many were counted, and whether there are more. */
export function countedHits(count: number): { hits: number; more: boolean } {
  return { hits: Math.min(count, countLimit), more: isBeyondCount(count) };
}

/** A pattern that matches the fragment as it is written, in text that is in lower case: a column "searched". */
export function likeFragment(fragment: string): string {
  return `%${fragment.toLowerCase().replace(/[\\%_]/g, "\\$&")}%`;
}

function encodeCursor({ value, id }: Cursor): string {
  return Buffer.from(JSON.stringify([value, id])).toString("base64url");
}

function decodeCursor(cursor: string, cast: "timestamptz" | "text"): Cursor {
  try {
    const [value, id]: unknown[] = JSON.parse(Buffer.from(cursor, "base64url").toString("utf8"));
    const usable = typeof value === "string" && typeof id === "string" && !`${value}${id}`.includes("\0");
    if (usable && (cast === "text" || timeForm.test(value))) return { value, id };
  } catch {
    // Falls through to the refusal below: a cursor that is not JSON is as wrong as one of another form.
  }
  throw new AppError("BAD_REQUEST", { userMessage: "This page address is not valid. Start from the first page." });
}
