import { createHash } from "node:crypto";
import { declarations } from "#generated/declarations.ts";
import { canonicalJson } from "#lib/canonical-json.ts";
import type { Transaction } from "../db.ts";

type Fields = Record<string, unknown>;

/** One changed row as the triggers captured it: only the changed fields of an update, the whole row otherwise. */
export type Change = { tableName: string; rowId: string; before: Fields | null; after: Fields | null };

/** What this transaction changed under the event so far. Deferred constraints are checked first. */
export async function readChanges(db: Transaction, eventId: string): Promise<Change[]> {
  await db.$executeRaw`SET CONSTRAINTS ALL IMMEDIATE`;
  return db.$queryRaw<Change[]>`
    SELECT "tableName", "rowId", "before", "after" FROM "AuditChange"
    WHERE "eventId" = ${eventId} AND "at" >= now() - interval '1 second' ORDER BY "at", "id"`;
}

/** The changes without what differs between two runs of the same thing: new ids, and fields that come from the clock. */
export function normalizeChanges(changes: readonly Change[]): Change[] {
  const newIds = new Set(changes.filter((change) => !change.before).map((change) => change.rowId));
  return changes.map(({ tableName, rowId, before, after }) => {
    const clock: readonly string[] = declarations[tableName as keyof typeof declarations].clock;
    const normalize = (fields: Fields | null): Fields | null =>
      fields &&
      Object.fromEntries(
        Object.entries(fields).map(([name, value]) => [
          name,
          clock.includes(name) && value !== null ? "[now]" : typeof value === "string" && newIds.has(value) ? "[new]" : value,
        ]),
      );
    return { tableName, rowId: newIds.has(rowId) ? "[new]" : rowId, before: normalize(before), after: normalize(after) };
  });
}

/** Equal if and only if the same thing would happen to the same rows. */
export function hashPreview(parts: {
  operation: string;
  target: unknown;
  input: unknown;
  reason: string | null;
  ticket: string | null;
  changes: readonly Change[];
  effects: readonly string[];
}): string {
  const changes = parts.changes.map((change) => canonicalJson(change)).sort();
  return createHash("sha256")
    .update(canonicalJson({ ...parts, changes }))
    .digest("hex");
}
