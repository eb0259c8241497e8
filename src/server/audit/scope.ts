import { AsyncLocalStorage } from "node:async_hooks";
import type { EventInput } from "./event.ts";

/** The transaction in which changes are allowed, and the event that they belong to. */
export type AuditScope = {
  event: EventInput;
  /** Set by the first change, or by whoever opens the scope. */
  eventId: Promise<string> | null;
  insertEvent: (event: EventInput) => Promise<string>;
};

// One for the process, like the clients that ask it, also where the bundler loads this module more than once.
const shared = globalThis as typeof globalThis & { countersignAuditScope?: AsyncLocalStorage<AuditScope> };
shared.countersignAuditScope ??= new AsyncLocalStorage();
const storage = shared.countersignAuditScope;

export function runInAuditScope<Result>(scope: AuditScope, work: () => Promise<Result>): Promise<Result> {
  return storage.run(scope, work);
}

export function findAuditScope(): AuditScope | undefined {
  return storage.getStore();
}

/** Makes sure that the scope's event exists in its transaction; writes it once, however many ask. */
export function ensureEvent(scope: AuditScope): Promise<string> {
  scope.eventId ??= scope.insertEvent(scope.event);
  return scope.eventId;
}
