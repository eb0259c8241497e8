import { cookies } from "next/headers";
import { procedureContext } from "#router/procedure-context.ts";
import { getOperation } from "#router/registry.ts";
import type { Context } from "#server/actor.ts";
import { addressOf } from "#server/auth/hosts.ts";
import { refuseCrossSite } from "#server/auth/same-origin.ts";
import { seeOther } from "#server/auth/see-other.ts";
import { productContext } from "#server/context.ts";
import { endedImpersonationCookie } from "#server/impersonation-session.ts";
import { log } from "#server/log.ts";
import { runOperation } from "#server/run-operation.ts";
import { toAppError } from "#server/to-app-error.ts";

/** The banner's End. The cookie stays where the end could not be written, and so does the banner. */
export async function POST(request: Request): Promise<Response> {
  const refused = refuseCrossSite(request);
  if (refused) return refused;
  try {
    const context = await productContext(request.headers);
    const id = context.impersonation?.id ?? context.endedImpersonation?.id;
    if (context.impersonation) await end(context, context.impersonation.id);
    const { name, value, options } = endedImpersonationCookie();
    (await cookies()).set(name, value, options);
    return seeOther(addressOf(id ? `/admin/impersonations/${id}` : "/admin"));
  } catch (thrown) {
    const error = toAppError(thrown);
    log.error({ err: error }, "an impersonation could not be ended");
    return new Response(`This could not be ended: ${error.userMessage}\n`, { status: error.status });
  }
}

async function end(context: Context, targetId: string): Promise<void> {
  const { actor } = context;
  if (!actor) return;
  const { ability } = procedureContext(context);
  const envelope = { targetId, input: {}, reason: "Ended from the banner" };
  try {
    await runOperation({ operation: getOperation("impersonation.end"), context: { ...context, actor }, ability, envelope });
  } catch (thrown) {
    // Ended by somebody else a moment ago: what was wanted is so.
    if (toAppError(thrown).code !== "CONFLICT") throw thrown;
  }
}
