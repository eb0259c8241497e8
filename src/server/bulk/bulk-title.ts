import { plural } from "#lib/text.ts";
import { operationTitle } from "../operation-registry.ts";

/** "Give credit on 5 targets": what, and how long the list is. */
export function bulkTitle({ operation, total }: { operation: string; total: number }): string {
  return `${operationTitle(operation)} on ${plural(total, "target")}`;
}
