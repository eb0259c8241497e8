import { readForm } from "#router/read-form.ts";
import { localPath } from "#server/auth/local-path.ts";
import type { AppError } from "#server/errors.ts";
import { isFault, retryAfter } from "#server/retry-after.ts";
import { FormNotDone } from "#ui/form-not-done.tsx";
import { toStaticMarkup } from "#ui/static-markup.ts";

// The setting is in the database, which may be what is away.
const mostBytes = 2_000_000;
const unseenNames = /password|^code$|\.code$|secret/i;

/** The answer to a form that failed on our side: what happened, and all that was typed, to send it again. */
export async function formNotDone(request: Request, error: AppError): Promise<Response> {
  const form = await readForm(request, mostBytes).catch(() => null);
  const headers = { ...retryAfter(error), "cache-control": "no-store" };
  if (!form)
    return new Response(`${error.userMessage}\n`, {
      status: error.status,
      headers: { ...headers, "content-type": "text/plain; charset=utf-8" },
    });
  const { pathname, search } = new URL(request.url);
  const sent = [...form].map(([name, value]) => ({ name, value }));
  const page = FormNotDone({
    title: error.code === "OUTCOME_UNKNOWN" ? "Maybe done, maybe not" : "This could not be done now",
    message: error.userMessage,
    requestId: isFault(error) ? request.headers.get("x-request-id") : null,
    action: `${pathname}${search}`,
    fields: sent.filter(({ name }) => !unseenNames.test(name)),
    unseen: sent.filter(({ name, value }) => value !== "" && unseenNames.test(name)).map(({ name }) => name),
    back: localPath(form.get("back"), { within: "/", fallback: pathname.startsWith("/admin") ? "/admin" : "/" }),
  });
  return new Response(`<!DOCTYPE html>${toStaticMarkup(page)}`, {
    status: error.status,
    headers: { ...headers, "content-type": "text/html; charset=utf-8" },
  });
}
