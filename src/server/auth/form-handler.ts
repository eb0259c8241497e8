import { log } from "../log.ts";
import { isFault, retryAfter } from "../retry-after.ts";
import { toAppError } from "../to-app-error.ts";
import { refuseCrossSite } from "./same-origin.ts";

type Handler = (request: Request) => Promise<Response>;

/** A route handler for a form of this site: other sites are refused, and a failure is said in a sentence with its status. */
export function formHandler(work: Handler): Handler {
  return async (request) => {
    const refused = refuseCrossSite(request);
    if (refused) return refused;
    try {
      return await work(request);
    } catch (thrown) {
      const error = toAppError(thrown);
      if (isFault(error)) log.error({ err: error }, "a form could not be handled");
      return new Response(`${error.userMessage}\n`, {
        status: error.status,
        headers: { ...retryAfter(error), "content-type": "text/plain; charset=utf-8" },
      });
    }
  };
}
