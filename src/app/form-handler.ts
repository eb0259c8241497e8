import { refuseCrossSite } from "#server/auth/same-origin.ts";
import { log } from "#server/log.ts";
import { isFault, retryAfter } from "#server/retry-after.ts";
import { toAppError } from "#server/to-app-error.ts";
import { formNotDone } from "./form-not-done.tsx";

type Handler = (request: Request) => Promise<Response>;

/**
 * A route handler for a form of this site: other sites are refused, and a failure is said in a sentence with its status; one
 * of ours gives back what was typed.
 */
export function formHandler(work: Handler): Handler {
  return async (request) => {
    const refused = refuseCrossSite(request);
    if (refused) return refused;
    try {
      return await work(request);
    } catch (thrown) {
      const error = toAppError(thrown);
      if (isFault(error)) log.error({ err: error }, "a form could not be handled");
      if (error.status >= 500) return formNotDone(request, error);
      return new Response(`${error.userMessage}\n`, {
        status: error.status,
        headers: { ...retryAfter(error), "content-type": "text/plain; charset=utf-8" },
      });
    }
  };
}
