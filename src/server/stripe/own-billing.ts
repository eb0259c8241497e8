import type { OwnBilling } from "#domain/billing-comparison.ts";
import type { BillingSnapshot } from "#domain/billing-snapshot.ts";
import type { Reader, Transaction } from "../db.ts";

const invoiceSelect = {
  id: true,
  stripeInvoiceId: true,
  number: true,
  status: true,
  currency: true,
  amountDue: true,
  amountPaid: true,
  lines: true,
  periodStart: true,
  periodEnd: true,
  issuedAt: true,
  dueAt: true,
  paidAt: true,
  stripePaymentIntentId: true,
  stripeChargeId: true,
  attempts: true,
  nextAttemptAt: true,
} as const;

/** What is decided here, and not by Stripe. */
export const decidedHere = {
  planId: true,
  seats: true,
  trialEndsAt: true,
  cancelAt: true,
  discountCode: true,
  discountPercent: true,
  stripeSubscriptionId: true,
} as const;

const subscriptionSelect = { id: true, status: true, currentPeriodEndsAt: true, canceledAt: true, ...decidedHere } as const;

type Wanted = Pick<BillingSnapshot, "fetchedAt"> & { invoices: { stripeInvoiceId: string; number: string }[] };

/** What is known here, to be compared with a snapshot; null where there is no such organization. */
export async function findOwnBilling(db: Reader | Transaction, id: string, { fetchedAt, invoices }: Wanted): Promise<OwnBilling | null> {
  const organization = await db.organization.findUnique({
    where: { id },
    select: {
      id: true,
      stripeCustomerId: true,
      creditBalance: true,
      subscription: { select: subscriptionSelect },
      paymentMethod: { select: { stripeId: true, brand: true, last4: true, expiresMonth: true, expiresYear: true } },
    },
  });
  if (!organization) return null;
  const known = await db.invoice.findMany({
    where: {
      organizationId: id,
      OR: [
        { stripeInvoiceId: { in: invoices.map((one) => one.stripeInvoiceId) } },
        { number: { in: invoices.map(({ number }) => number) } },
      ],
    },
    select: invoiceSelect,
  });
  const refunds = await db.ledgerEntry.findMany({
    where: { organizationId: id, kind: "refund", state: { not: "failed" } },
    select: { id: true, invoiceId: true, amount: true, stripeId: true, state: true, settledAt: true },
  });
  const since = new Date(fetchedAt);
  const asked = organization.subscription
    ? await db.stripeCall.findFirst({
        where: { objectId: organization.subscription.id, OR: [{ state: "pending" }, { settledAt: { gte: since } }] },
        select: { id: true },
      })
    : null;
  const { id: organizationId, ...own } = organization;
  return {
    organizationId,
    ...own,
    invoices: known,
    refunds: refunds.map(({ state, settledAt, ...one }) => ({ ...one, isBusy: state === "pending" || (settledAt ?? since) >= since })),
    subscriptionIsBusy: asked !== null,
  };
}
