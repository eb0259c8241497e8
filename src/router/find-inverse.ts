import type { AuditEvent } from "#generated/prisma/client.ts";
import type { Change } from "#server/audit/changes.ts";
import { inverseOf } from "#server/undo.ts";
import { operationsByName } from "./registry.ts";

/** The operation that would take back what this event changed, as a link to its form; null where none is declared. */
export function findInverse(
  event: Pick<AuditEvent, "id" | "operation" | "outcome" | "targetId">,
  changes: readonly Change[],
): { name: string; title: string; path: string } | null {
  const inverse = inverseOf(event, changes);
  const operation = inverse && operationsByName.get(inverse.operation);
  if (!inverse || !operation) return null;
  const query = new URLSearchParams({ targetId: inverse.targetId, undoOf: event.id });
  for (const [name, value] of Object.entries(inverse.input ?? {})) query.set(`input.${name}`, String(value ?? ""));
  const { name, title } = operation;
  return { name, title, path: `/admin/operations/${name}?${query}` };
}
