import type Stripe from "stripe";
import { blankInvoice, blankLine, listOf } from "./blank-invoice.ts";
import { collect, finalize, idOf } from "./collect.ts";
import { emit } from "./emit.ts";
import type { Draft } from "./store.ts";

type Period = { start: number; end: number };
type Bill = { subscription: Stripe.Subscription; period: Period; reason: Stripe.Invoice.BillingReason };

/** Bills a subscription for a period in advance, with what waits for its next invoice, and collects it. */
export function bill(draft: Draft, { subscription, period, reason }: Bill): Stripe.Invoice {
  const lines = subscription.items.data.map((item) => {
    const quantity = item.quantity ?? 1;
    return blankLine({
      amount: (item.price.unit_amount ?? 0) * quantity,
      currency: subscription.currency,
      description: `${quantity} × ${nameOf(draft, item.price)}`,
      period,
      quantity,
      subscription: subscription.id,
    });
  });
  const invoice = openInvoice(draft, { subscription, period, reason, lines: [...pendingLines(draft, subscription), ...lines] });
  draft.put({ ...draft.get("subscription", subscription.id), latest_invoice: invoice.id });
  const finalized = finalize(draft, invoice);
  return finalized.status === "paid" ? finalized : collect(draft, finalized).invoice;
}

/** Bills what changed in the middle of a period at once. */
export function billProrations(draft: Draft, subscription: Stripe.Subscription): void {
  const lines = pendingLines(draft, subscription);
  if (lines.length === 0) return;
  const period = { start: draft.now, end: draft.now };
  const finalized = finalize(draft, openInvoice(draft, { subscription, period, reason: "subscription_update", lines }));
  if (finalized.status !== "paid") collect(draft, finalized);
}

type Open = Bill & { lines: Stripe.InvoiceLineItem[] };

function openInvoice(draft: Draft, { subscription, period, reason, lines }: Open): Stripe.Invoice {
  const blank = blankInvoice({
    customer: idOf(subscription.customer),
    currency: subscription.currency,
    created: draft.now,
    auto_advance: true,
    billing_reason: reason,
    period_start: period.start,
    period_end: period.end,
    parent: {
      type: "subscription_details",
      quote_details: null,
      subscription_details: { metadata: subscription.metadata, subscription: subscription.id },
    },
  });
  const invoice = draft.put(withLines(draft, blank, lines, takeDiscounts(draft, subscription)));
  emit(draft, "invoice.created", invoice);
  return invoice;
}

/** The invoice with these lines, and what they come to after discounts. */
export function withLines(
  draft: Draft,
  invoice: Stripe.Invoice,
  given: Stripe.InvoiceLineItem[],
  discounts: Stripe.Discount[] = [],
): Stripe.Invoice {
  const lines = given.map((line) => ({ ...line, invoice: invoice.id }));
  const subtotal = lines.reduce((sum, { amount }) => sum + amount, 0);
  const base = Math.max(0, subtotal);
  const taken = discounts.map((discount) => {
    const coupon = draft.find("coupon", idOf(discount.source.coupon));
    return { amount: Math.min(base, coupon?.amount_off ?? Math.round((base * (coupon?.percent_off ?? 0)) / 100)), discount: discount.id };
  });
  const total = subtotal - taken.reduce((sum, { amount }) => sum + amount, 0);
  return {
    ...invoice,
    lines: listOf(lines, invoice.lines.url),
    subtotal,
    subtotal_excluding_tax: subtotal,
    total,
    total_excluding_tax: total,
    total_discount_amounts: taken,
    discounts: discounts.map(({ id }) => id),
    amount_due: Math.max(0, total),
    amount_remaining: Math.max(0, total),
  };
}

/** The discounts in force; one that counts once is used up by being asked for. */
function takeDiscounts(draft: Draft, subscription: Stripe.Subscription): Stripe.Discount[] {
  const all = subscription.discounts.flatMap((discount) => draft.find("discount", idOf(discount)) ?? []);
  const inForce = all.filter(({ end }) => end === null || end > draft.now);
  const stay = inForce.filter(({ source }) => draft.find("coupon", idOf(source.coupon))?.duration !== "once");
  if (stay.length !== subscription.discounts.length)
    draft.put({ ...draft.get("subscription", subscription.id), discounts: stay.map(({ id }) => id) });
  return inForce;
}

/** What was written up for the customer and waits for the next invoice of this subscription. */
function pendingLines(draft: Draft, { id, customer }: Stripe.Subscription): Stripe.InvoiceLineItem[] {
  const items = draft.all("invoiceitem").filter((item) => item.invoice === null && idOf(item.customer) === idOf(customer));
  return items
    .filter(({ parent }) => !parent || idOf(parent.subscription_details?.subscription) === id)
    .map((item) => {
      draft.remove(item);
      return lineOf(item);
    });
}

export function lineOf(item: Stripe.InvoiceItem): Stripe.InvoiceLineItem {
  const { amount, currency, description, period, metadata, quantity } = item;
  return blankLine({ amount, currency, description, period, metadata: metadata ?? {}, quantity });
}

export function nameOf(draft: Draft, price: Stripe.Price): string {
  return draft.find("product", idOf(price.product))?.name ?? price.lookup_key ?? price.id;
}
