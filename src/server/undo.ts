import type { AuditEvent } from "#generated/prisma/client.ts";
import { idTime } from "#lib/ids.ts";
import type { Change } from "./audit/changes.ts";
import type { Reader, Transaction } from "./db.ts";
import { AppError } from "./errors.ts";
import type { Inverse } from "./operation.ts";
import { findRegisteredOperation } from "./operation-registry.ts";

type Queryable = Pick<Reader | Transaction, "$queryRaw">;
type Done = Pick<AuditEvent, "operation" | "outcome" | "targetId">;

/** The operation that takes back what this event changed; null where none is declared, or none for this change. */
export function inverseOf({ operation, outcome, targetId }: Done, changes: readonly Change[]): (Inverse & { targetId: string }) | null {
  if (outcome !== "succeeded" || !targetId) return null;
  const inverse = findRegisteredOperation(operation)?.inverse?.({ targetId, changes });
  return inverse ? { targetId, ...inverse } : null;
}

type Undo = { undoOf: string; operation: string; targetId: string };

/** Why this operation does not take that event back any more, in a sentence; null where it does. */
export async function whyNotUndo(db: Queryable, { undoOf, operation, targetId }: Undo): Promise<string | null> {
  const time = idTime(undoOf);
  if (!time) return "There is no such event.";
  const from = new Date(time.getTime() - 1_000);
  const until = new Date(time.getTime() + 15_000);
  const [event] = await db.$queryRaw<(Done & { id: string; at: Date })[]>`
    SELECT "id", "at", "operation", "outcome"::text AS "outcome", "targetId" FROM "AuditEvent" WHERE "id" = ${undoOf} AND "at" BETWEEN ${from} AND ${until}`;
  if (!event) return "There is no such event.";
  const changes = await db.$queryRaw<(Change & { at: Date })[]>`
    SELECT "tableName", "rowId", "before", "after", "at" FROM "AuditChange" WHERE "eventId" = ${undoOf} AND "at" BETWEEN ${from} AND ${until}`;
  const inverse = inverseOf(event, changes);
  if (inverse?.operation !== operation || inverse.targetId !== targetId) return "This does not take that change back.";
  const later = await findLaterChange(db, event, changes);
  return later ? `It was changed again since: “${later.summary}”, by ${later.actorLabel}. Take that back first, or do it anew.` : null;
}

/** Throws CONFLICT where something later touched the same fields. */
export async function requireUndoable(db: Transaction, undo: Undo): Promise<void> {
  const userMessage = await whyNotUndo(db, undo);
  if (userMessage) throw new AppError("CONFLICT", { userMessage });
}

type Later = Change & { summary: string; actorLabel: string };

/** The latest change of a field that this event set, of a row that it made, or of one that it removed. */
async function findLaterChange(db: Queryable, { id, at }: { id: string; at: Date }, changes: readonly Change[]): Promise<Later | null> {
  const rowIds = changes.map(({ rowId }) => rowId);
  if (rowIds.length === 0) return null;
  const later = await db.$queryRaw<Later[]>`
    SELECT c."tableName", c."rowId", c."before", c."after", e."summary", e."actorLabel" FROM "AuditChange" c
    JOIN "AuditEvent" e ON e."id" = c."eventId" AND e."at" BETWEEN c."at" - interval '15 seconds' AND c."at" + interval '1 second'
    WHERE c."rowId" = ANY(${rowIds}) AND c."at" >= ${at} AND c."eventId" <> ${id} ORDER BY c."at" DESC LIMIT 1000`;
  return later.find((change) => changes.some((own) => touchesSame(own, change))) ?? null;
}

function touchesSame(own: Change, later: Change): boolean {
  if (own.tableName !== later.tableName || own.rowId !== later.rowId) return false;
  // Of a row that was made or removed, every field is one that it set.
  if (!own.before || !own.after || !later.before || !later.after) return true;
  return Object.keys(later.after).some((field) => own.after !== null && field in own.after);
}
