import { env } from "#env.ts";
import { readText } from "#router/read-form.ts";
import { AppError } from "#server/errors.ts";
import { helpdeskSignatureHeader, requireHelpdeskSignature, takeSupportCase } from "#server/helpdesk.ts";
import { log } from "#server/log.ts";
import { isFault, retryAfter } from "#server/retry-after.ts";
import { toAppError } from "#server/to-app-error.ts";

/** What the helpdesk says about one of its cases. */
export async function POST(request: Request): Promise<Response> {
  try {
    const secret = env().HELPDESK_SECRET;
    if (!secret) throw new AppError("NOT_FOUND");
    const body = await readText(request);
    requireHelpdeskSignature({ secret, header: request.headers.get(helpdeskSignatureHeader), body });
    await takeSupportCase(body);
    return new Response(null, { status: 204 });
  } catch (thrown) {
    const error = toAppError(thrown);
    if (isFault(error)) log.error({ err: error }, "a case of the helpdesk could not be taken");
    return Response.json({ error: { code: error.code, message: error.userMessage } }, { status: error.status, headers: retryAfter(error) });
  }
}
