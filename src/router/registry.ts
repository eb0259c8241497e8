import * as operations from "#operations/registry.ts";
import type { Grants } from "#server/ability.ts";
import { checkRegistry } from "#server/check-registry.ts";
import { AppError } from "#server/errors.ts";
import type { AnyOperation } from "#server/operation.ts";
import { registerOperations } from "#server/operation-registry.ts";

checkRegistry(operations);

/** Every operation by its name. */
export const operationsByName: ReadonlyMap<string, AnyOperation> = new Map(
  Object.values(operations).map((operation) => [operation.name, operation]),
);
registerOperations(operationsByName);
export const allOperations: readonly AnyOperation[] = [...operationsByName.values()];
export const grants: Grants = allOperations;
export type Operations = typeof operations;

export function getOperation(name: string): AnyOperation {
  const operation = operationsByName.get(name);
  if (!operation) throw new AppError("NOT_FOUND", { userMessage: "There is no such operation." });
  return operation;
}
