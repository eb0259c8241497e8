import { cookies } from "next/headers";
import { requestInfo } from "#server/auth/request-info.ts";
import { seeOther } from "#server/auth/see-other.ts";
import { takeOver } from "#server/impersonation-handover.ts";
import { impersonationCookie } from "#server/impersonation-session.ts";
import { log } from "#server/log.ts";
import { toAppError } from "#server/to-app-error.ts";

/** The product's side of the way in: takes the code that the staff area made, and with it the customer's seat in this browser. */
export async function GET(request: Request): Promise<Response> {
  if (!isNavigation(request)) return new Response("Open this in a window of its own.\n", { status: 400 });
  try {
    const code = new URL(request.url).searchParams.get("code") ?? "";
    const taken = await takeOver(code.slice(0, 200), requestInfo(request.headers));
    if ("refused" in taken) return seeOther(`/impersonation/refused?why=${taken.refused}`);
    const { name, value, options } = await impersonationCookie(taken.impersonationId);
    (await cookies()).set(name, value, options);
    return seeOther(`/o/${taken.slug}`);
  } catch (thrown) {
    const error = toAppError(thrown);
    log.error({ err: error }, "a hand-over failed");
    return new Response(`${error.userMessage}\n`, { status: error.status, headers: { "content-type": "text/plain; charset=utf-8" } });
  }
}

// Neither a frame nor a script, nor a browser that fetches ahead of its person, uses the code up.
function isNavigation({ headers }: Request): boolean {
  const [mode, destination] = [headers.get("sec-fetch-mode"), headers.get("sec-fetch-dest")];
  const ahead = headers.get("sec-purpose")?.includes("prefetch") ?? false;
  return !ahead && (mode === null || mode === "navigate") && (destination === null || destination === "document");
}
