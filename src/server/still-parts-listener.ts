import { AsyncLocalStorage } from "node:async_hooks";
import type { RequestListener } from "node:http";
import { keepStillPartsIn } from "#lib/still-parts.ts";

/** Keeps the still parts of each page beside the data for the client; a request for that data alone has them in it. */
export function keepingStillParts(next: RequestListener): RequestListener {
  const kept = new AsyncLocalStorage<string[]>();
  keepStillPartsIn(kept);
  return (request, response) => (request.headers.rsc === undefined ? kept.run([], next, request, response) : next(request, response));
}
