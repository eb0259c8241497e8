import { env } from "#env.ts";
import { readText } from "#router/read-form.ts";
import { AppError } from "#server/errors.ts";
import { log } from "#server/log.ts";
import { isFault, retryAfter } from "#server/retry-after.ts";
import { requireStripeEvent, stripeSignatureHeader, takeStripeEvent } from "#server/stripe/receive-event.ts";
import { toAppError } from "#server/to-app-error.ts";

/** What Stripe tells: that something happened to a customer there. */
export async function POST(request: Request): Promise<Response> {
  try {
    const secret = env().STRIPE_WEBHOOK_SECRET;
    if (!secret) throw new AppError("NOT_FOUND");
    const body = await readText(request, mostBytes);
    const { isNew } = await takeStripeEvent(requireStripeEvent({ secret, header: request.headers.get(stripeSignatureHeader), body }));
    return Response.json({ received: true, isNew });
  } catch (thrown) {
    const error = toAppError(thrown);
    if (isFault(error)) log.error({ err: error }, "an event of Stripe could not be taken");
    return Response.json({ error: { code: error.code, message: error.userMessage } }, { status: error.status, headers: retryAfter(error) });
  }
}

/** Its own: what staff set for uploads must not keep Stripe's events out. */
const mostBytes = 1_000_000;
