import Stripe from "stripe";
import type { BillingSnapshot, SnapshotInvoice } from "#domain/billing-snapshot.ts";
import { stripe } from "./client.ts";
import { describeSubscription } from "./describe-subscription.ts";
import { idOf, toTime, toTimeOrNull } from "./read-stripe.ts";
import { findSurprisingRefunds, type KnownRefunds } from "./surprising-refunds.ts";

type Wanted = {
  fetchedAt: Date;
  customer: string;
  subscription: string | null;
  /** The refunds in the ledger that Stripe has made. */
  refunds: KnownRefunds;
};

const mostInvoices = 100;
const mostCharges = 1_000;
const mostRefunds = 100;

/** What Stripe has of this customer now. */
export async function fetchSnapshot({ fetchedAt, customer: customerId, subscription, refunds }: Wanted): Promise<BillingSnapshot> {
  const api = stripe();
  const customer = await orNull(api.customers.retrieve(customerId, { expand: ["invoice_settings.default_payment_method"] }));
  const base = { fetchedAt: fetchedAt.toISOString(), customerExists: true, creditBalance: 0, paymentMethod: null, subscription: null };
  if (!customer || customer.deleted) return { ...base, customerExists: false, invoices: [], failedRefunds: [], unknownRefunds: [] };
  const [found, invoices, charges] = await Promise.all([
    subscription
      ? orNull(api.subscriptions.retrieve(subscription, { expand: ["discounts.promotion_code", "discounts.source.coupon"] }))
      : null,
    api.invoices.list({ customer: customerId, limit: mostInvoices, expand: ["data.payments"] }),
    api.charges.list({ customer: customerId, limit: 100, expand: ["data.refunds"] }).autoPagingToArray({ limit: mostCharges }),
  ]);
  const charged = Map.groupBy(charges, ({ payment_intent }) => idOf(payment_intent));
  const described = await Promise.all(invoices.data.map((invoice) => describeInvoice(api, invoice, charged)));
  const { failed, unknown } = await findSurprisingRefunds(api, charges, refunds);
  return {
    ...base,
    creditBalance: -customer.balance,
    paymentMethod: describeCard(customer.invoice_settings.default_payment_method),
    subscription: found && describeSubscription(found),
    invoices: described.flatMap((invoice) => invoice ?? []),
    failedRefunds: failed.slice(0, mostRefunds),
    unknownRefunds: unknown.slice(0, mostRefunds),
  };
}

async function describeInvoice(
  api: Stripe,
  invoice: Stripe.Invoice,
  charged: Map<string | null, Stripe.Charge[]>,
): Promise<SnapshotInvoice | null> {
  const { id, number, status, currency, amount_due, amount_paid, status_transitions, created, attempt_count } = invoice;
  if (number === null || status === null || status === "draft") return null;
  const paid = invoice.payments?.data.find((payment) => payment.status === "paid");
  const stripePaymentIntentId = idOf(paid?.payment.payment_intent ?? null);
  const charges = stripePaymentIntentId ? (charged.get(stripePaymentIntentId) ?? []) : [];
  const lines = invoice.lines.has_more
    ? await api.invoices.listLineItems(id, { limit: 100 }).autoPagingToArray({ limit: 1_000 })
    : invoice.lines.data;
  return {
    stripeInvoiceId: id,
    number,
    status: status as SnapshotInvoice["status"],
    currency: currency.toUpperCase(),
    amountDue: amount_due,
    amountPaid: amount_paid,
    lines: lines.map(({ description, quantity, amount }) => ({ description: description ?? "", quantity: quantity ?? 1, amount })),
    periodStart: toTime(
      Math.min(...lines.map(({ period }) => period.start), lines.length > 0 ? Number.POSITIVE_INFINITY : invoice.period_start),
    ),
    periodEnd: toTime(Math.max(...lines.map(({ period }) => period.end), lines.length > 0 ? 0 : invoice.period_end)),
    issuedAt: toTime(status_transitions.finalized_at ?? created),
    dueAt: toTimeOrNull(invoice.due_date),
    paidAt: toTimeOrNull(status_transitions.paid_at),
    stripePaymentIntentId,
    stripeChargeId: charges.find((charge) => charge.status === "succeeded")?.id ?? null,
    attempts: attempt_count,
    nextAttemptAt: toTimeOrNull(invoice.next_payment_attempt),
    refunded: charges.reduce((sum, charge) => sum + charge.amount_refunded, 0),
  };
}

function describeCard(method: string | Stripe.PaymentMethod | null): BillingSnapshot["paymentMethod"] {
  if (!method || typeof method === "string") return null;
  const { brand, last4, exp_month, exp_year } = method.card ?? { brand: method.type, last4: "", exp_month: 0, exp_year: 0 };
  return { stripeId: method.id, brand, last4, expiresMonth: exp_month, expiresYear: exp_year };
}

/** Null where Stripe says that there is no such thing. */
async function orNull<Found>(request: Promise<Found>): Promise<Found | null> {
  try {
    return await request;
  } catch (error) {
    if (error instanceof Stripe.errors.StripeInvalidRequestError && error.code === "resource_missing") return null;
    throw error;
  }
}
