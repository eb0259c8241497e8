import { AppError } from "./errors.ts";
import type { AnyOperation } from "./operation.ts";

let registered: ReadonlyMap<string, AnyOperation> = new Map();

/** Whoever knows the operations says so here, once: the kernel names none of them. */
export function registerOperations(operations: ReadonlyMap<string, AnyOperation>): void {
  registered = operations;
}

/** The operation with this name; null for one that this version does not know any more. */
export function findRegisteredOperation(name: string): AnyOperation | null {
  return registered.get(name) ?? null;
}

/** What it is called, for people; its name for one that this version does not know any more. */
export function operationTitle(name: string): string {
  return findRegisteredOperation(name)?.title ?? name;
}

/** The operation with this name; throws NOT_FOUND. */
export function registeredOperation(name: string): AnyOperation {
  const operation = findRegisteredOperation(name);
  if (!operation) throw new AppError("NOT_FOUND", { userMessage: "There is no such operation." });
  return operation;
}
