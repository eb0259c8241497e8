import { AsyncLocalStorage } from "node:async_hooks";
import { subscribe } from "node:diagnostics_channel";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Context } from "./actor.ts";
import { impersonationCookieName } from "./auth/cookie-names.ts";

/** The answer that is being made, and whether whoever asked for it may only read. It takes rights away and never gives one. */
type RequestScope = { response: ServerResponse | null; onlyReads: boolean };
type Seat = Pick<Context, "impersonation">;

// One for the process, also where the bundler loads this module more than once.
const shared = globalThis as typeof globalThis & { countersignRequest?: AsyncLocalStorage<RequestScope> };
shared.countersignRequest ??= new AsyncLocalStorage();
const requests = shared.countersignRequest;

/**
 * Opens a scope for every HTTP request. One that brings an impersonation's cookie to the product only reads from its
 * first byte on, until the database has said that this impersonation may write: see `confineRequest`.
 */
export function openRequestScopes(): void {
  subscribe("http.server.request.start", (message) => {
    const { request, response } = message as { request: IncomingMessage; response: ServerResponse };
    requests.enterWith({ response, onlyReads: bringsImpersonation(request) });
  });
}

/** Says what the cookie of this request is worth: only an open impersonation in write mode, or none at all, may write. */
export function confineRequest({ impersonation, endedImpersonation }: Seat & { endedImpersonation: object | null }): void {
  const scope = requests.getStore();
  if (scope) scope.onlyReads = endedImpersonation !== null || onlyReads({ impersonation });
}

/** Does the work so that, in a read-only impersonation, every statement in it goes to the role that cannot write. */
export function confined<Result>(seat: Seat, work: () => Result): Result {
  const scope = requests.getStore();
  if (scope?.onlyReads || !onlyReads(seat)) return work();
  return requests.run({ response: scope?.response ?? null, onlyReads: true }, work);
}

export function isConfinedToReading(): boolean {
  return requests.getStore()?.onlyReads ?? false;
}

export function findResponse(): ServerResponse | null {
  return requests.getStore()?.response ?? null;
}

function onlyReads({ impersonation }: Seat): boolean {
  return impersonation !== null && impersonation.mode !== "write";
}

// The staff area sees the cookie as well where both are on one host; what happens there is staff's own doing.
function bringsImpersonation({ url = "", headers }: IncomingMessage): boolean {
  return !/^\/admin(?![^/?#])/.test(url) && (headers.cookie ?? "").includes(`${impersonationCookieName}=`);
}
