import { declarations } from "#generated/declarations.ts";
import type { AuditEvent } from "#generated/prisma/client.ts";
import { canonicalJson } from "#lib/canonical-json.ts";
import { idTime } from "#lib/ids.ts";
import type { Change } from "./audit/changes.ts";
import type { Reader, Transaction } from "./db.ts";
import { AppError } from "./errors.ts";
import type { AnyOperation, Inverse } from "./operation.ts";
import { findRegisteredOperation } from "./operation-registry.ts";

type Queryable = Pick<Reader | Transaction, "$queryRaw">;
type Done = Pick<AuditEvent, "operation" | "outcome" | "targetId">;

/** Whether its operation declares what takes it back, at least for some of its changes. */
export function mayHaveInverse({ operation, outcome, targetId }: Done): boolean {
  return outcome === "succeeded" && targetId !== null && findRegisteredOperation(operation)?.inverse !== undefined;
}

/** The operation that takes back what this event changed; null where none is declared, or none for this change. */
export function inverseOf({ operation, outcome, targetId }: Done, changes: readonly Change[]): (Inverse & { targetId: string }) | null {
  if (outcome !== "succeeded" || !targetId) return null;
  const inverse = findRegisteredOperation(operation)?.inverse?.({ targetId, changes });
  return inverse ? { targetId, ...inverse } : null;
}

type Undo = { undoOf: string; operation: AnyOperation; targetId: string; input?: Record<string, unknown> };

/** Why this operation does not take that event back any more, in a sentence; null where it does. */
export async function whyNotUndo(db: Queryable, { undoOf, operation, targetId, input }: Undo): Promise<string | null> {
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
  if (inverse?.operation !== operation.name || inverse.targetId !== targetId) return "This does not take that change back.";
  if (input && !contains(input, parsed(operation, inverse.input ?? {})))
    return "This is not what was before. To set something else, begin without taking back.";
  const later = await findLaterChange(db, event, changes);
  return later ? `It was changed again since: “${later.summary}”, by ${later.actorLabel}. Take that back first, or do it anew.` : null;
}

/** Throws CONFLICT where something later touched the same fields. */
export async function requireUndoable(db: Transaction, undo: Undo): Promise<void> {
  const userMessage = await whyNotUndo(db, undo);
  if (userMessage) throw new AppError("CONFLICT", { userMessage });
}

/** The inverse's input as the operation takes it, where that alone is enough for it. */
function parsed(operation: AnyOperation, input: Record<string, unknown>): Record<string, unknown> {
  const { data } = operation.input.safeParse(input) as { data?: Record<string, unknown> };
  return data ? Object.fromEntries(Object.keys(input).map((name) => [name, data[name]])) : input;
}

function contains(input: Record<string, unknown>, wanted: Record<string, unknown>): boolean {
  return Object.entries(wanted).every(([name, value]) => canonicalJson(input[name] ?? null) === canonicalJson(value ?? null));
}

/** What the worker settles after a run, by itself: it is no later word of anybody. */
const settled = ["StripeCall", "LedgerEntry"];

type Later = { summary: string; actorLabel: string };

/** The latest change of a field that this event set, of a row that it made, or of one that it removed. */
async function findLaterChange(db: Queryable, { id, at }: { id: string; at: Date }, changes: readonly Change[]): Promise<Later | null> {
  for (const { tableName, rowId, before, after } of changes.filter((change) => !settled.includes(change.tableName))) {
    const { clock } = declarations[tableName as keyof typeof declarations] as { clock?: readonly string[] };
    // Of a row that was made or removed, every field is one that it set.
    const whole = before === null || after === null;
    const fields = Object.keys(after ?? {}).filter((field) => !clock?.includes(field));
    const [later] = await db.$queryRaw<Later[]>`
      SELECT e."summary", e."actorLabel" FROM "AuditChange" c
      JOIN "AuditEvent" e ON e."id" = c."eventId" AND e."at" BETWEEN c."at" - interval '15 seconds' AND c."at" + interval '1 second'
      WHERE c."rowId" = ${rowId} AND c."tableName" = ${tableName} AND c."at" >= ${at} AND c."eventId" <> ${id}
        AND (${whole} OR c."before" IS NULL OR c."after" IS NULL OR c."after" ?| ${fields}::text[]) ORDER BY c."at" DESC LIMIT 1`;
    if (later) return later;
  }
  return null;
}
