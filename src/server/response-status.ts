import { AsyncLocalStorage } from "node:async_hooks";
import { subscribe } from "node:diagnostics_channel";
import type { ServerResponse } from "node:http";

// One for the process, also where the bundler loads this module more than once.
const shared = globalThis as typeof globalThis & { countersignResponse?: AsyncLocalStorage<ServerResponse> };
shared.countersignResponse ??= new AsyncLocalStorage();
const responses = shared.countersignResponse;

/**
 * Lets pages set the status of their answer. Next itself does so only for what a page throws, and answers that with an
 * empty body that a script has to fill.
 */
export function rememberResponses(): void {
  subscribe("http.server.request.start", (message) => {
    responses.enterWith((message as { response: ServerResponse }).response);
  });
}

/** The status of the page that is being drawn; nothing happens once it has begun to be sent. */
export function setResponseStatus(status: number): void {
  const response = responses.getStore();
  if (response && !response.headersSent) response.statusCode = status;
}
