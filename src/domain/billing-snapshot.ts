import { z } from "zod";

const time = z.iso.datetime();
const amount = z.int().min(-2_147_483_648).max(2_147_483_647);
const id = z.string().min(1).max(100);

const subscription = z.strictObject({
  stripeId: id,
  // Stripe decides on these.
  status: z.enum(["trialing", "active", "pastDue", "canceled"]),
  currentPeriodEndsAt: time.nullable(),
  canceledAt: time.nullable(),
  // Staff and customers decide on these.
  planId: z.string().max(100),
  seats: z.int(),
  trialEndsAt: time.nullable(),
  cancelAt: time.nullable(),
  discountCode: z.string().max(500).nullable(),
  /** There it need not be a whole one. */
  discountPercent: z.number().min(0).max(100).nullable(),
});

const invoice = z.strictObject({
  stripeInvoiceId: id,
  number: z.string().min(1).max(100),
  status: z.enum(["open", "paid", "void", "uncollectible"]),
  currency: z.string().length(3),
  amountDue: amount.min(0),
  amountPaid: amount.min(0),
  lines: z.array(z.strictObject({ description: z.string().max(1_000), quantity: z.int(), amount })).max(1_000),
  periodStart: time,
  periodEnd: time,
  issuedAt: time,
  dueAt: time.nullable(),
  paidAt: time.nullable(),
  stripePaymentIntentId: id.nullable(),
  stripeChargeId: id.nullable(),
  attempts: z.int().min(0),
  nextAttemptAt: time.nullable(),
  /** What of it was given back, by whomever. */
  refunded: amount.min(0),
});

/** A refund as the payment provider has it. */
export const snapshotRefund = z.strictObject({
  stripeId: id,
  chargeId: id,
  paymentIntent: id,
  amount: amount.min(1),
  currency: z.string().length(3),
  madeAt: time,
  /** The call of ours that made it, where it is marked with one. */
  callId: z.string().max(100).nullable(),
});
export type SnapshotRefund = z.output<typeof snapshotRefund>;

/** What the payment provider has of one customer at one moment. Times are ISO 8601, amounts minor units. */
export const billingSnapshot = z.strictObject({
  /** By the database's clock, before anything was asked. */
  fetchedAt: time,
  /** False where the customer was deleted there. */
  customerExists: z.boolean(),
  creditBalance: amount,
  paymentMethod: z
    .strictObject({ stripeId: id, brand: z.string().max(40), last4: z.string().max(10), expiresMonth: z.int(), expiresYear: z.int() })
    .nullable(),
  /** The one that is known here; null where it is not there. */
  subscription: subscription.nullable(),
  /** The newest hundred, without drafts. */
  invoices: z.array(invoice).max(100),
  /** Refunds of ours that were made and failed afterwards. */
  failedRefunds: z.array(z.strictObject({ stripeId: id, failure: z.string().max(300) })).max(100),
  /** Refunds by an id that the ledger does not have: somebody made them there, or what came of a call of ours is not recorded yet. */
  unknownRefunds: z.array(snapshotRefund).max(100),
});

export type BillingSnapshot = z.output<typeof billingSnapshot>;
export type SnapshotInvoice = BillingSnapshot["invoices"][number];
