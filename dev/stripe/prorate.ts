import Stripe from "stripe";
import { nameOf } from "./bill.ts";
import { idOf } from "./collect.ts";
import { emit } from "./emit.ts";
import { type Draft, newId } from "./store.ts";

type Change = { subscription: Stripe.Subscription; before: Stripe.SubscriptionItem; after: Stripe.SubscriptionItem };

/** Writes up what is given back of the old price for the rest of the period, and what the new one costs. */
export function prorate(draft: Draft, { subscription, before, after }: Change): void {
  const { current_period_start: start, current_period_end: end } = before;
  const left = Math.min(1, Math.max(0, (end - draft.now) / (end - start)));
  const whole = ({ price, quantity = 1 }: Stripe.SubscriptionItem) => (price.unit_amount ?? 0) * quantity;
  const entries = [
    { amount: -Math.round(whole(before) * left), description: `Unused time on ${before.quantity} × ${nameOf(draft, before.price)}` },
    { amount: Math.round(whole(after) * left), description: `Remaining time on ${after.quantity} × ${nameOf(draft, after.price)}` },
  ];
  for (const { amount, description } of entries) {
    const item = draft.put<Stripe.InvoiceItem>({
      ...blankInvoiceItem({ amount, currency: subscription.currency, customer: idOf(subscription.customer), date: draft.now, description }),
      period: { start: draft.now, end },
      proration: true,
      parent: { type: "subscription_details", subscription_details: { subscription: subscription.id } },
    });
    emit(draft, "invoiceitem.created", item);
  }
}

type Given = Pick<Stripe.InvoiceItem, "amount" | "currency" | "customer" | "date" | "description"> & Partial<Stripe.InvoiceItem>;

export function blankInvoiceItem(given: Given): Stripe.InvoiceItem {
  return {
    id: newId("invoiceitem"),
    object: "invoiceitem",
    customer_account: null,
    discountable: given.amount > 0,
    discounts: [],
    invoice: null,
    livemode: false,
    metadata: {},
    parent: null,
    period: { start: given.date, end: given.date },
    pricing: null,
    proration: false,
    quantity: 1,
    quantity_decimal: Stripe.Decimal.from(1),
    tax_rates: [],
    test_clock: null,
    ...given,
  };
}
