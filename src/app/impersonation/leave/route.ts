import { cookies } from "next/headers";
import { refuseCrossSite } from "#server/auth/same-origin.ts";
import { seeOther } from "#server/auth/see-other.ts";
import { productContext } from "#server/context.ts";
import { endedImpersonationCookie } from "#server/impersonation-session.ts";
import { log } from "#server/log.ts";
import { toAppError } from "#server/to-app-error.ts";

/** Forgets an impersonation that is over. One that is not is ended, never just forgotten. */
export async function POST(request: Request): Promise<Response> {
  const refused = refuseCrossSite(request);
  if (refused) return refused;
  try {
    const { impersonation } = await productContext(request.headers);
    if (!impersonation) {
      const { name, value, options } = endedImpersonationCookie();
      (await cookies()).set(name, value, options);
    }
    return seeOther("/");
  } catch (thrown) {
    const error = toAppError(thrown);
    log.error({ err: error }, "an impersonation could not be left");
    return new Response(`${error.userMessage}\n`, { status: error.status });
  }
}
