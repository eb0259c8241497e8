import type Stripe from "stripe";
import { type CallArguments, callMark, findMarked, type Performer } from "../call.ts";

type Arguments = CallArguments<"oneOffInvoice">;

/** Three steps, each with a key of its own: whichever was done last, a repetition goes on from there. */
export const oneOffInvoice: Performer<"oneOffInvoice"> = {
  async perform(given) {
    const { stripe, callId, mayBeForgotten } = given;
    const known = mayBeForgotten ? await findInvoice(given) : null;
    const { id } = known ?? (await createInvoice(given));
    // As it is now: the answer to a repeated key is the one of the first time.
    const invoice = await stripe.invoices.retrieve(id);
    if (invoice.status !== "draft") return { stripeId: id };
    if (invoice.lines.data.length === 0) await addItem(given, id);
    await stripe.invoices.finalizeInvoice(id, { auto_advance: true }, { idempotencyKey: `${callId}:finalize` });
    return { stripeId: id };
  },
  async find(given) {
    const found = await findInvoice(given);
    return found && found.status !== "draft" ? { stripeId: found.id } : null;
  },
};

function createInvoice({ stripe, callId, parameters: { customer, currency, description } }: Arguments): Promise<Stripe.Invoice> {
  return stripe.invoices.create(
    {
      customer,
      currency: currency.toLowerCase(),
      description,
      collection_method: "charge_automatically",
      auto_advance: false,
      pending_invoice_items_behavior: "exclude",
      metadata: { [callMark]: callId },
    },
    { idempotencyKey: callId },
  );
}

async function addItem({ stripe, callId, parameters }: Arguments, invoice: string): Promise<void> {
  const { customer, amount, currency, description } = parameters;
  await stripe.invoiceItems.create(
    { customer, invoice, amount, currency: currency.toLowerCase(), description, metadata: { [callMark]: callId } },
    { idempotencyKey: `${callId}:item` },
  );
}

function findInvoice({ stripe, callId, parameters: { customer } }: Arguments): Promise<Stripe.Invoice | null> {
  return findMarked(stripe.invoices.list({ customer, limit: 100 }), callId);
}
