import type Stripe from "stripe";
import { z } from "zod";
import { blankRefund } from "../blank-payment.ts";
import { blankPaymentMethod } from "../blanks.ts";
import { idOf, idOrNull } from "../collect.ts";
import { emit } from "../emit.ts";
import { endpoint, list, mergeMetadata, retrieve } from "../endpoint.ts";
import { invalid } from "../failure.ts";
import { integer, metadata, text } from "../form.ts";
import type { Draft } from "../store.ts";

const card = z.strictObject({ number: text, exp_month: integer, exp_year: integer, cvc: text.optional() });

export const paymentEndpoints = [
  endpoint("POST /v1/payment_methods", { type: z.literal("card"), card, metadata: metadata.optional() }, (draft, given) =>
    draft.put(
      blankPaymentMethod({
        created: draft.now,
        metadata: mergeMetadata(null, given.metadata),
        card: { brand: "visa", last4: given.card.number.slice(-4), exp_month: given.card.exp_month, exp_year: given.card.exp_year },
      }),
    ),
  ),
  endpoint("POST /v1/payment_methods/:id", { metadata: metadata.optional() }, (draft, given, [id = ""]) => {
    const before = draft.get("payment_method", id);
    const method = draft.put({ ...before, metadata: mergeMetadata(before.metadata, given.metadata) });
    emit(draft, "payment_method.updated", method);
    return method;
  }),
  endpoint("POST /v1/payment_methods/:id/attach", { customer: text }, (draft, { customer }, [id = ""]) => {
    draft.get("customer", customer, "customer");
    const method = draft.put({ ...draft.get("payment_method", id), customer });
    emit(draft, "payment_method.attached", method);
    return method;
  }),
  endpoint("POST /v1/payment_methods/:id/detach", {}, (draft, _given, [id = ""]) => {
    const method = draft.get("payment_method", id);
    const customer = draft.find("customer", idOf(method.customer));
    if (customer?.invoice_settings.default_payment_method === id)
      draft.put({ ...customer, invoice_settings: { ...customer.invoice_settings, default_payment_method: null } });
    emit(draft, "payment_method.detached", method);
    return draft.put({ ...method, customer: null });
  }),
  retrieve("payment_method", "/v1/payment_methods"),
  list("payment_method", "/v1/payment_methods", { customer: text.optional(), type: text.optional() }, ({ customer }, given) =>
    isOf(customer, given.customer),
  ),
  retrieve("payment_intent", "/v1/payment_intents"),
  list("payment_intent", "/v1/payment_intents", { customer: text.optional() }, ({ customer }, given) => isOf(customer, given.customer)),
  retrieve("charge", "/v1/charges"),
  list(
    "charge",
    "/v1/charges",
    { customer: text.optional(), payment_intent: text.optional() },
    ({ customer, payment_intent }, given) => isOf(customer, given.customer) && isOf(payment_intent, given.payment_intent),
  ),
  endpoint(
    "POST /v1/refunds",
    {
      payment_intent: text.optional(),
      charge: text.optional(),
      amount: integer.optional(),
      reason: z.enum(["duplicate", "fraudulent", "requested_by_customer"]).optional(),
      metadata: metadata.optional(),
    },
    refund,
  ),
  endpoint("POST /v1/refunds/:id", { metadata: metadata.optional() }, (draft, given, [id = ""]) => {
    const before = draft.get("refund", id);
    return draft.put({ ...before, metadata: mergeMetadata(before.metadata, given.metadata) });
  }),
  retrieve("refund", "/v1/refunds"),
  list(
    "refund",
    "/v1/refunds",
    { charge: text.optional(), payment_intent: text.optional() },
    ({ charge, payment_intent }, given) => isOf(charge, given.charge) && isOf(payment_intent, given.payment_intent),
  ),
];

type Wanted = {
  payment_intent?: string | undefined;
  charge?: string | undefined;
  amount?: number | undefined;
  reason?: Stripe.Refund.Reason | undefined;
  metadata?: Record<string, string> | undefined;
};

/** Gives back from a charge, whoever asks. */
export function refund(draft: Draft, { payment_intent, charge: chargeId, amount, reason, metadata: marks }: Wanted): Stripe.Refund {
  const charge = findCharge(draft, payment_intent, chargeId);
  if (charge.status !== "succeeded")
    throw invalid(`Charge ${charge.id} has not been captured, and cannot be refunded.`, { code: "charge_not_refundable" });
  const left = charge.amount - charge.amount_refunded;
  if (left === 0) throw invalid(`Charge ${charge.id} has already been refunded.`, { code: "charge_already_refunded" });
  const wanted = amount ?? left;
  if (wanted < 1) throw invalid("This value must be greater than or equal to 1.", { code: "parameter_invalid_integer", param: "amount" });
  if (wanted > left) throw invalid(`Refund amount (${wanted}) is greater than unrefunded amount on charge (${left})`, { param: "amount" });
  const failure = draft.find("payment_method", charge.payment_method ?? "")?.metadata?.refund_failure;
  const made = draft.put(
    blankRefund({
      created: draft.now,
      amount: wanted,
      currency: charge.currency,
      charge: charge.id,
      customer: idOrNull(charge.customer),
      payment_intent: idOrNull(charge.payment_intent),
      payment_method: charge.payment_method,
      reason: reason ?? null,
      metadata: mergeMetadata(null, marks),
      ...(failure && { status: "failed", failure_reason: failure }),
    }),
  );
  emit(draft, "refund.created", made);
  if (failure) {
    emit(draft, "refund.failed", made);
    return made;
  }
  const refunded = charge.amount_refunded + wanted;
  emit(draft, "charge.refunded", draft.put({ ...charge, amount_refunded: refunded, refunded: refunded === charge.amount }));
  return made;
}

/** What the bank says later: the money came back, and the charge can be refunded again. */
export function failRefund(draft: Draft, id: string, reason: string): Stripe.Refund {
  const before = draft.get("refund", id);
  if (before.status === "failed") return before;
  const failed = draft.put({ ...before, status: "failed", failure_reason: reason });
  const charge = draft.get("charge", idOf(before.charge));
  draft.put({ ...charge, amount_refunded: charge.amount_refunded - before.amount, refunded: false });
  emit(draft, "refund.failed", failed);
  return failed;
}

function findCharge(draft: Draft, paymentIntent: string | undefined, charge: string | undefined): Stripe.Charge {
  if (charge) return draft.get("charge", charge, "charge");
  if (!paymentIntent) throw invalid("One of the following params should be provided for this request: payment_intent or charge.");
  const { latest_charge } = draft.get("payment_intent", paymentIntent, "payment_intent");
  if (!latest_charge) throw invalid(`This PaymentIntent (${paymentIntent}) does not have a successful charge to refund.`);
  return draft.get("charge", idOf(latest_charge));
}

function isOf(value: string | { id: string } | null, wanted: string | undefined): boolean {
  return wanted === undefined || idOrNull(value) === wanted;
}
