import { type Performer, RefusedByStripe } from "../call.ts";

export const payInvoice: Performer<"payInvoice"> = {
  async perform({ stripe, callId, parameters: { invoice } }) {
    const { status } = await stripe.invoices.retrieve(invoice);
    if (status === "paid") return { stripeId: invoice };
    const paid = await stripe.invoices.pay(invoice, {}, { idempotencyKey: callId });
    if (paid.status !== "paid") throw new RefusedByStripe("Stripe could not collect this invoice.");
    return { stripeId: invoice };
  },
};
