import type Stripe from "stripe";
import { blankInvoicePayment, listOf } from "./blank-invoice.ts";
import { blankBalanceTransaction, blankCharge, blankPaymentIntent } from "./blank-payment.ts";
import { emit } from "./emit.ts";
import { Failure, invalid } from "./failure.ts";
import type { Draft } from "./store.ts";

const day = 86_400;
/** After how many days a charge that failed is tried again; after the last one the subscription ends. */
const retriesAfterDays = [3, 5, 7];

/** Draft → open: it gets its number, and what the customer has in hand pays first. */
export function finalize(draft: Draft, invoice: Stripe.Invoice): Stripe.Invoice {
  if (invoice.status !== "draft") throw invalid(`This invoice is already finalized, you can't re-finalize a non-draft invoice.`);
  const customer = draft.get("customer", idOf(invoice.customer));
  const fromBalance = invoice.total > 0 ? Math.min(invoice.total, Math.max(0, -customer.balance)) : 0;
  // A total below zero is a credit for what comes.
  const toBalance = Math.min(0, invoice.total);
  const moved = fromBalance + toBalance;
  const number = customer.next_invoice_sequence ?? 1;
  const amountDue = Math.max(0, invoice.total) - fromBalance;
  const finalized = draft.put<Stripe.Invoice>({
    ...invoice,
    status: "open",
    number: invoice.number ?? `${customer.invoice_prefix ?? customer.id.slice(-8).toUpperCase()}-${String(number).padStart(4, "0")}`,
    customer_email: customer.email,
    customer_name: customer.name ?? null,
    starting_balance: customer.balance,
    ending_balance: customer.balance + moved,
    amount_due: amountDue,
    amount_remaining: amountDue,
    effective_at: draft.now,
    status_transitions: { ...invoice.status_transitions, finalized_at: draft.now },
  });
  draft.put({ ...customer, balance: customer.balance + moved, next_invoice_sequence: number + (invoice.number ? 0 : 1) });
  if (moved !== 0)
    draft.put(
      blankBalanceTransaction({
        created: draft.now,
        amount: moved,
        currency: invoice.currency,
        customer: customer.id,
        ending_balance: customer.balance + moved,
        invoice: invoice.id,
        type: moved > 0 ? "applied_to_invoice" : "invoice_too_small",
      }),
    );
  emit(draft, "invoice.finalized", finalized);
  return amountDue === 0 ? markPaid(draft, finalized) : finalized;
}

/** Charges the customer's card. A refusal by the card is kept as a failed attempt; the answer says so. */
export function collect(
  draft: Draft,
  invoice: Stripe.Invoice,
  paymentMethodId?: string,
): { invoice: Stripe.Invoice; declined: Failure | null } {
  const customer = draft.get("customer", idOf(invoice.customer));
  const id = paymentMethodId ?? defaultPaymentMethod(draft, invoice, customer);
  const method = id ? draft.get("payment_method", id, "payment_method") : null;
  const reason = declineReason(draft, method);
  const common = {
    created: draft.now,
    amount: invoice.amount_remaining,
    currency: invoice.currency,
    customer: customer.id,
    payment_method: method?.id ?? null,
  };
  const known = paymentIntentOf(draft, invoice);
  const intent = blankPaymentIntent({
    ...common,
    ...(known && { id: known.id, created: known.created }),
    status: reason ? "requires_payment_method" : "succeeded",
  });
  if (!method)
    return failAttempt(draft, { invoice, intent, message: "This customer has no attached payment source or default payment method." });
  const charge = draft.put(
    blankCharge({
      ...common,
      payment_intent: intent.id,
      status: reason ? "failed" : "succeeded",
      failure_code: reason ? "card_declined" : null,
      failure_message: reason ? messageOf(reason) : null,
    }),
  );
  const charged = draft.put({ ...intent, latest_charge: charge.id });
  if (reason) {
    emit(draft, "charge.failed", charge);
    return failAttempt(draft, { invoice, intent: charged, message: messageOf(reason), declineCode: reason });
  }
  emit(draft, "charge.succeeded", charge);
  emit(draft, "payment_intent.succeeded", charged);
  return { invoice: markPaid(draft, { ...invoice, attempt_count: invoice.attempt_count + 1, attempted: true }, charged), declined: null };
}

function markPaid(draft: Draft, invoice: Stripe.Invoice, intent?: Stripe.PaymentIntent): Stripe.Invoice {
  const payments = intent ? [blankInvoicePayment(invoice, intent, draft.now)] : [];
  const paid = draft.put<Stripe.Invoice>({
    ...invoice,
    status: "paid",
    amount_paid: invoice.amount_due,
    amount_remaining: 0,
    next_payment_attempt: null,
    payments: listOf(payments, "/v1/invoice_payments"),
    status_transitions: { ...invoice.status_transitions, paid_at: draft.now },
  });
  emit(draft, "invoice.paid", paid);
  const subscription = subscriptionOf(draft, invoice);
  const stillOwed = draft.all("invoice").some((other) => other.status === "open" && subscriptionIdOf(other) === subscription?.id);
  if (subscription && ["past_due", "incomplete", "unpaid"].includes(subscription.status) && !stillOwed)
    emit(draft, "customer.subscription.updated", draft.put({ ...subscription, status: "active" }));
  return paid;
}

type Failed = { invoice: Stripe.Invoice; intent: Stripe.PaymentIntent; message: string; declineCode?: string };

function failAttempt(draft: Draft, { invoice, intent, message, declineCode }: Failed) {
  const kept = draft.put({
    ...intent,
    last_payment_error: { type: "card_error", code: "card_declined", message } as Stripe.PaymentIntent.LastPaymentError,
  });
  const attempts = invoice.attempt_count + 1;
  const wait = invoice.collection_method === "charge_automatically" ? retriesAfterDays[attempts - 1] : undefined;
  const failed = draft.put<Stripe.Invoice>({
    ...invoice,
    attempt_count: attempts,
    attempted: true,
    next_payment_attempt: wait === undefined ? null : draft.now + wait * day,
    payments: listOf([blankInvoicePayment(invoice, kept, draft.now)], "/v1/invoice_payments"),
  });
  emit(draft, "invoice.payment_failed", failed);
  const subscription = subscriptionOf(draft, invoice);
  if (subscription?.status === "active" || subscription?.status === "trialing")
    emit(draft, "customer.subscription.updated", draft.put({ ...subscription, status: "past_due" }));
  const details = { code: "card_declined", payment_intent: kept, ...(declineCode && { decline_code: declineCode }) };
  return { invoice: failed, declined: new Failure(402, "card_error", message, details) };
}

/** A card whose metadata says so is declined, like Stripe's own test cards are by their number. */
function declineReason(draft: Draft, method: Stripe.PaymentMethod | null): string | null {
  if (!method) return "no_payment_method";
  const { exp_month = 12, exp_year = 2099 } = method.card ?? {};
  if (new Date(Date.UTC(exp_year, exp_month, 1)).getTime() <= draft.now * 1_000) return "expired_card";
  return method.metadata?.decline ?? null;
}

function messageOf(reason: string): string {
  if (reason === "expired_card") return "Your card has expired.";
  if (reason === "insufficient_funds") return "Your card has insufficient funds.";
  return "Your card was declined.";
}

function defaultPaymentMethod(draft: Draft, invoice: Stripe.Invoice, customer: Stripe.Customer): string | null {
  const own = invoice.default_payment_method ?? subscriptionOf(draft, invoice)?.default_payment_method;
  return idOrNull(own ?? customer.invoice_settings.default_payment_method);
}

export function paymentIntentOf(draft: Draft, { payments }: Stripe.Invoice): Stripe.PaymentIntent | undefined {
  const id = idOrNull(payments?.data[0]?.payment.payment_intent ?? null);
  return id ? draft.find("payment_intent", id) : undefined;
}

export function subscriptionIdOf({ parent }: Stripe.Invoice): string | null {
  return idOrNull(parent?.subscription_details?.subscription ?? null);
}

function subscriptionOf(draft: Draft, invoice: Stripe.Invoice): Stripe.Subscription | undefined {
  const id = subscriptionIdOf(invoice);
  return id ? draft.find("subscription", id) : undefined;
}

export function idOrNull(value: string | { id: string } | null | undefined): string | null {
  return typeof value === "string" ? value : (value?.id ?? null);
}

export function idOf(value: string | { id: string } | null | undefined): string {
  return idOrNull(value) ?? "";
}
