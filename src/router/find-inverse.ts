import type { AuditEvent } from "#generated/prisma/client.ts";
import type { Change } from "#server/audit/changes.ts";
import { operationsByName } from "./registry.ts";

/** The operation that would take back what this event changed, as a link to its form; null where none is declared. */
export function findInverse(event: AuditEvent, changes: readonly Change[]): { title: string; path: string } | null {
  if (event.outcome !== "succeeded" || !event.targetId) return null;
  const inverse = operationsByName.get(event.operation)?.inverse?.({ targetId: event.targetId, changes });
  const operation = inverse && operationsByName.get(inverse.operation);
  if (!inverse || !operation) return null;
  const query = new URLSearchParams({ targetId: inverse.targetId ?? event.targetId });
  for (const [name, value] of Object.entries(inverse.input ?? {})) query.set(`input.${name}`, String(value ?? ""));
  return { title: operation.title, path: `/admin/operations/${operation.name}?${query}` };
}
