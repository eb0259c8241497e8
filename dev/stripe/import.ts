import { z } from "zod";
import { blankInvoice, blankInvoicePayment, blankLine, listOf } from "./blank-invoice.ts";
import { blankCharge, blankPaymentIntent, blankRefund } from "./blank-payment.ts";
import { addInterval, blankCustomer, blankPaymentMethod, blankSubscription, blankSubscriptionItem } from "./blanks.ts";
import { invalid } from "./failure.ts";
import type { Draft, Store } from "./store.ts";

const time = z.int().min(0);
const money = z.int().min(0);
const customer = z.strictObject({
  id: z.string().regex(/^cus_\w+$/),
  name: z.string(),
  email: z.string(),
  currency: z.string().length(3),
  created: time,
  /** How the numbers of the customer's invoices begin. */
  invoicePrefix: z.string().max(60).optional(),
  /** Minor units that the customer has in hand. */
  credit: z.int().default(0),
  card: z
    .strictObject({
      id: z.string().regex(/^pm_\w+$/),
      brand: z.string().default("visa"),
      last4: z.string().length(4).default("4242"),
      expiresMonth: z.int().min(1).max(12).default(12),
      expiresYear: z.int().default(2032),
      /** Why it declines every charge, such as "insufficient_funds". */
      decline: z.string().optional(),
      /** Why it fails every refund, such as "expired_or_canceled_card". */
      refundFailure: z.string().optional(),
    })
    .nullable()
    .default(null),
  subscription: z
    .strictObject({
      id: z.string().regex(/^sub_\w+$/),
      lookupKey: z.string(),
      quantity: z.int().min(0),
      status: z.enum(["trialing", "active", "past_due", "canceled"]),
      trialEnd: time.nullable().default(null),
      periodStart: time,
      periodEnd: time.optional(),
    })
    .nullable()
    .default(null),
  invoices: z
    .array(
      z.strictObject({
        id: z.string().regex(/^in_\w+$/),
        paymentIntent: z
          .string()
          .regex(/^pi_\w+$/)
          .optional(),
        number: z.string(),
        status: z.enum(["open", "paid"]),
        amount: money,
        description: z.string(),
        quantity: z.int().min(1).default(1),
        created: time,
        periodStart: time,
        periodEnd: time,
        attempts: z.int().min(0).default(1),
        nextAttempt: time.nullable().default(null),
        dueDate: time.nullable().default(null),
        paidAt: time.optional(),
        /** What was given back of it. */
        refunds: z
          .array(z.strictObject({ id: z.string().regex(/^re_\w+$/), amount: z.int().min(1), created: time, mark: z.string().optional() }))
          .default([]),
      }),
    )
    .default([]),
});
export const importInput = z.strictObject({ customers: z.array(customer).max(10_000) });
export type ImportedCustomer = z.input<typeof customer>;
type Customer = z.output<typeof customer>;

/** Puts customers there as if they had always been; who is there already is left as they are. Answers how many were new. */
export function importCustomers(store: Store, { customers }: z.output<typeof importInput>): number {
  const draft = store.begin(Math.floor(Date.now() / 1_000));
  const added = customers.filter(({ id }) => !draft.find("customer", id));
  for (const one of added) put(draft, one);
  store.commit(draft);
  return added.length;
}

/** The charge of an imported invoice is called as that is. */
export function chargeOf(invoice: string): string {
  return `ch_${invoice.slice(3)}`;
}

function put(draft: Draft, given: Customer): void {
  const { id, name, email, currency, created, credit, card, subscription, invoices } = given;
  const blank = blankCustomer({
    id,
    created,
    name,
    email,
    currency,
    balance: -credit,
    invoice_prefix: given.invoicePrefix ?? null,
    next_invoice_sequence: invoices.length + 1,
  });
  draft.put({ ...blank, invoice_settings: { ...blank.invoice_settings, default_payment_method: card?.id ?? null } });
  if (card) {
    const { brand, last4, expiresMonth: exp_month, expiresYear: exp_year, decline, refundFailure } = card;
    const metadata = { ...(decline && { decline }), ...(refundFailure && { refund_failure: refundFailure }) };
    draft.put(blankPaymentMethod({ id: card.id, created, customer: id, metadata, card: { brand, last4, exp_month, exp_year } }));
  }
  if (subscription) putSubscription(draft, given, subscription);
  for (const invoice of invoices) putInvoice(draft, given, invoice);
}

function putSubscription(draft: Draft, { id: customer, created }: Customer, given: NonNullable<Customer["subscription"]>): void {
  const { id, lookupKey, quantity, status, trialEnd, periodStart, periodEnd } = given;
  const price = draft.all("price").find(({ lookup_key }) => lookup_key === lookupKey);
  if (!price) throw invalid(`No such price: '${lookupKey}'`);
  const end = periodEnd ?? trialEnd ?? addInterval(periodStart, price.recurring ?? { interval: "month", interval_count: 1 });
  const item = blankSubscriptionItem({
    id: `si_${id.slice(4)}`,
    created,
    current_period_start: periodStart,
    current_period_end: end,
    price,
    quantity,
    subscription: id,
  });
  draft.put(
    blankSubscription({
      id,
      created,
      currency: price.currency,
      customer,
      status,
      trial_start: trialEnd === null ? null : created,
      trial_end: trialEnd,
      canceled_at: status === "canceled" ? end : null,
      ended_at: status === "canceled" ? end : null,
      items: listOf([item], `/v1/subscription_items?subscription=${id}`),
    }),
  );
}

function putInvoice(
  draft: Draft,
  { id: customer, currency, name, email, card, subscription }: Customer,
  given: Customer["invoices"][number],
): void {
  const { id, number, status, amount, description, quantity, created, periodStart, periodEnd, attempts, nextAttempt, dueDate, refunds } =
    given;
  const paid = status === "paid";
  const line = blankLine({ amount, currency, description, quantity, invoice: id, period: { start: periodStart, end: periodEnd } });
  const blank = blankInvoice({ id, customer, currency, created, period_start: periodStart, period_end: periodEnd });
  const intent = blankPaymentIntent({
    ...(given.paymentIntent && { id: given.paymentIntent }),
    created,
    amount,
    currency,
    customer,
    payment_method: card?.id ?? null,
    status: paid ? "succeeded" : "requires_payment_method",
  });
  const charge = blankCharge({
    id: chargeOf(id),
    created,
    amount,
    currency,
    customer,
    payment_intent: intent.id,
    payment_method: card?.id ?? null,
    status: paid ? "succeeded" : "failed",
  });
  draft.put({ ...intent, latest_charge: charge.id });
  const refunded = refunds.reduce((sum, one) => sum + one.amount, 0);
  draft.put({ ...charge, amount_refunded: refunded, refunded: refunded === amount });
  const paidBy = { currency, customer, charge: charge.id, payment_intent: intent.id };
  for (const { mark, ...refund } of refunds)
    draft.put(blankRefund({ ...refund, ...paidBy, metadata: { ...(mark && { countersign_call: mark }) } }));
  const parent = subscription
    ? { type: "subscription_details", quote_details: null, subscription_details: { metadata: {}, subscription: subscription.id } }
    : null;
  draft.put({
    ...blank,
    number,
    status,
    parent,
    billing_reason: subscription ? "subscription_cycle" : "manual",
    customer_name: name,
    customer_email: email,
    amount_due: amount,
    amount_paid: paid ? amount : 0,
    amount_remaining: paid ? 0 : amount,
    subtotal: amount,
    subtotal_excluding_tax: amount,
    total: amount,
    total_excluding_tax: amount,
    attempt_count: attempts,
    attempted: attempts > 0,
    next_payment_attempt: nextAttempt,
    due_date: dueDate,
    lines: listOf([line], blank.lines.url),
    payments: listOf([blankInvoicePayment(blank, intent, created)], "/v1/invoice_payments"),
    effective_at: created,
    status_transitions: { ...blank.status_transitions, finalized_at: created, paid_at: paid ? (given.paidAt ?? created) : null },
  });
}
