import { cookies } from "next/headers";
import { refuseCrossSite } from "#server/auth/same-origin.ts";
import { seeOther } from "#server/auth/see-other.ts";
import { productContext } from "#server/context.ts";
import { endedImpersonationCookie } from "#server/impersonation-session.ts";

/** Forgets an impersonation that is over. One that is not is ended, never just forgotten. */
export async function POST(request: Request): Promise<Response> {
  const refused = refuseCrossSite(request);
  if (refused) return refused;
  const { impersonation } = await productContext(request.headers);
  if (!impersonation) {
    const { name, value, options } = endedImpersonationCookie();
    (await cookies()).set(name, value, options);
  }
  return seeOther("/");
}
