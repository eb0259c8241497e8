import type { IncomingMessage, RequestListener } from "node:http";
import { passFirstDoor } from "./auth/first-door.ts";
import type { Asked } from "./auth/gateway.ts";
import { hostOf } from "./auth/hosts.ts";

// One for the process, also where the bundler loads this module more than once.
const shared = globalThis as typeof globalThis & { countersignFirstDoor?: true };

/** Where production's first door stands: before Next, whose way to a middleware and back costs a fifth of a page. */
export function behindFirstDoor(next: RequestListener): RequestListener {
  shared.countersignFirstDoor = true;
  return (request, response) => {
    const asked = readAsked(request);
    if (asked.pathname.startsWith("/_next/static/")) return next(request, response);
    const { requestHeaders, answerHeaders, refusal } = passFirstDoor(asked);
    for (const name in answerHeaders) response.setHeader(name, answerHeaders[name] ?? "");
    if (refusal) {
      response.writeHead(refusal.status, refusal.headers).end(refusal.body);
      return;
    }
    Object.assign(request.headers, requestHeaders);
    next(request, response);
  };
}

function readAsked(request: IncomingMessage): Asked {
  const { pathname, search } = readAddress(request.url ?? "");
  return { pathname, search, host: hostOf(request), cookies: request.headers.cookie ?? "" };
}

/** What is no address at all is refused as one that cannot be decoded. */
function readAddress(url: string): { pathname: string; search: string } {
  return URL.parse(url.startsWith("/") ? `http://localhost${url}` : url) ?? { pathname: "%", search: "" };
}

/** A server that is not ours, as `next start` has one, would let everybody up to the pages. */
export function requireFirstDoor(): void {
  if (!shared.countersignFirstDoor) throw new Error("The build is served by src/serve.ts alone: its first door is missing here.");
}
