import type Stripe from "stripe";
import { callMark, findMarked, type Performer, RefusedByStripe } from "../call.ts";
import { idOf } from "../read-stripe.ts";

export const refund: Performer<"refund"> = {
  async perform({ stripe, callId, parameters: { paymentIntent, amount } }) {
    const made = await stripe.refunds.create(
      { payment_intent: paymentIntent, amount, metadata: { [callMark]: callId } },
      { idempotencyKey: callId },
    );
    return settled(made);
  },
  async find({ stripe, callId, parameters: { paymentIntent } }) {
    const found = await findMarked(stripe.refunds.list({ payment_intent: paymentIntent, limit: 100 }), callId);
    return found && settled(found);
  },
};

/** One that the bank still works on counts as made; should it fail later, the mirror hears of it. */
function settled({ id, status, failure_reason, charge }: Stripe.Refund) {
  if (status === "failed" || status === "canceled")
    throw new RefusedByStripe(`Stripe could not refund this: ${(failure_reason ?? "unknown").replaceAll("_", " ")}.`);
  return { stripeId: id, chargeId: idOf(charge) };
}
