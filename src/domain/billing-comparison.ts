import type { InvoiceStatus, SubscriptionStatus } from "#generated/prisma/enums.ts";
import { canonicalJson } from "#lib/canonical-json.ts";
import type { BillingSnapshot, SnapshotInvoice } from "./billing-snapshot.ts";

/** What is known here of an organization's billing, as far as the payment provider knows of it too. */
export type OwnBilling = {
  organizationId: string;
  stripeCustomerId: string | null;
  creditBalance: number;
  subscription: {
    id: string;
    stripeSubscriptionId: string | null;
    status: SubscriptionStatus;
    currentPeriodEndsAt: Date | null;
    canceledAt: Date | null;
    planId: string;
    seats: number;
    trialEndsAt: Date | null;
    cancelAt: Date | null;
    discountCode: string | null;
    discountPercent: number | null;
  } | null;
  paymentMethod: NonNullable<BillingSnapshot["paymentMethod"]> | null;
  invoices: OwnInvoice[];
  refunds: { id: string; invoiceId: string | null; amount: number; stripeId: string | null; isBusy: boolean }[];
  /** Something was asked of the payment provider about the subscription that the snapshot does not show yet. */
  subscriptionIsBusy: boolean;
};

export type OwnInvoice = {
  id: string;
  stripeInvoiceId: string | null;
  number: string;
  status: InvoiceStatus;
  currency: string;
  amountDue: number;
  amountPaid: number;
  lines: unknown;
  periodStart: Date;
  periodEnd: Date;
  issuedAt: Date;
  dueAt: Date | null;
  paidAt: Date | null;
  stripePaymentIntentId: string | null;
  stripeChargeId: string | null;
  attempts: number;
  nextAttemptAt: Date | null;
};

type Values = Record<string, unknown>;
type InvoiceChange = { existing: OwnInvoice | null; theirs: SnapshotInvoice; values: Values };
export type MirrorChanges = {
  organization: Values;
  subscription: Values;
  paymentMethod: "same" | "removed" | NonNullable<BillingSnapshot["paymentMethod"]>;
  invoices: InvoiceChange[];
  failedRefunds: { id: string; failure: string }[];
};

/** What has to change here so that all that the payment provider decides on is as it is there. */
export function whatToMirror(ours: OwnBilling, theirs: BillingSnapshot): MirrorChanges {
  if (!theirs.customerExists) return { organization: {}, subscription: {}, paymentMethod: "same", invoices: [], failedRefunds: [] };
  return {
    organization: differing(ours, { creditBalance: theirs.creditBalance }),
    subscription: subscriptionChanges(ours, theirs),
    paymentMethod: paymentMethodChange(ours, theirs),
    invoices: theirs.invoices.flatMap((invoice) => invoiceChange(ours, invoice)),
    failedRefunds: theirs.failedRefunds.flatMap(({ stripeId, failure }) => {
      const refund = ours.refunds.find((one) => one.stripeId === stripeId);
      return refund && !refund.isBusy ? [{ id: refund.id, failure }] : [];
    }),
  };
}

export function isNothing({ organization, subscription, paymentMethod, invoices, failedRefunds }: MirrorChanges): boolean {
  const values = [organization, subscription].every((one) => Object.keys(one).length === 0);
  return values && paymentMethod === "same" && invoices.length === 0 && failedRefunds.length === 0;
}

/** Whether this is the first time that a collection of this invoice failed. */
export function failedFirst({ existing, theirs }: InvoiceChange): boolean {
  return theirs.status === "open" && theirs.attempts > 0 && (existing?.attempts ?? 0) === 0;
}

function subscriptionChanges({ subscription, subscriptionIsBusy }: OwnBilling, theirs: BillingSnapshot): Values {
  if (!subscription || !theirs.subscription || subscriptionIsBusy) return {};
  const { status, currentPeriodEndsAt, canceledAt } = theirs.subscription;
  return differing(subscription, { status, currentPeriodEndsAt: toDate(currentPeriodEndsAt), canceledAt: toDate(canceledAt) });
}

function paymentMethodChange(ours: OwnBilling, theirs: BillingSnapshot): MirrorChanges["paymentMethod"] {
  if (!theirs.paymentMethod) return ours.paymentMethod ? "removed" : "same";
  const isSame = ours.paymentMethod && canonicalJson(ours.paymentMethod) === canonicalJson(theirs.paymentMethod);
  return isSame ? "same" : theirs.paymentMethod;
}

function invoiceChange(ours: OwnBilling, theirs: SnapshotInvoice): InvoiceChange[] {
  const { stripeInvoiceId, number } = theirs;
  // One that was planned here before it was there becomes what it is there.
  const existing =
    ours.invoices.find((one) => one.stripeInvoiceId === stripeInvoiceId) ??
    ours.invoices.find((one) => one.number === number && one.stripeInvoiceId === null) ??
    null;
  const { refunded: _shownAsDrift, periodStart, periodEnd, issuedAt, dueAt, paidAt, nextAttemptAt, ...rest } = theirs;
  const times = { periodStart, periodEnd, issuedAt, dueAt, paidAt, nextAttemptAt };
  const wanted = { ...rest, ...Object.fromEntries(Object.entries(times).map(([name, value]) => [name, toDate(value)])) };
  const values = existing ? differing(existing, wanted) : wanted;
  return Object.keys(values).length > 0 ? [{ existing, theirs, values }] : [];
}

/** Those of the wanted values that are not so yet. */
export function differing(ours: object, wanted: Values): Values {
  return Object.fromEntries(Object.entries(wanted).filter(([name, value]) => !isSame((ours as Values)[name], value)));
}

/** Times are the same within a second: the payment provider does not know finer ones. */
function isSame(one: unknown, other: unknown): boolean {
  if (one instanceof Date && other instanceof Date) return Math.floor(one.getTime() / 1_000) === Math.floor(other.getTime() / 1_000);
  return canonicalJson(one ?? null) === canonicalJson(other ?? null);
}

export function toDate(value: string | null): Date | null {
  return value === null ? null : new Date(value);
}
