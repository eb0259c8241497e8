import { differing, type OwnBilling, toDate } from "./billing-comparison.ts";
import type { BillingSnapshot } from "./billing-snapshot.ts";

/** A value that staff decide on, or that nobody should have changed, and that is another one at the payment provider. */
export type Drift = { objectType: string; objectId: string; field: string; ours: unknown; theirs: unknown };

/** What differs although the payment provider is not the one who decides on it. */
export function findDrift(ours: OwnBilling, theirs: BillingSnapshot): Drift[] {
  const { organizationId, stripeCustomerId } = ours;
  if (!theirs.customerExists)
    return [{ objectType: "Organization", objectId: organizationId, field: "stripeCustomerId", ours: stripeCustomerId, theirs: null }];
  return [...subscriptionDrift(ours, theirs), ...refundDrift(ours, theirs)];
}

function subscriptionDrift({ subscription, subscriptionIsBusy }: OwnBilling, theirs: BillingSnapshot): Drift[] {
  if (!subscription?.stripeSubscriptionId || subscriptionIsBusy) return [];
  const drift = (field: string, own: unknown, other: unknown) => ({
    objectType: "Subscription",
    objectId: subscription.id,
    field,
    ours: own ?? null,
    theirs: other ?? null,
  });
  if (!theirs.subscription) return [drift("stripeSubscriptionId", subscription.stripeSubscriptionId, null)];
  const { status, planId, seats, trialEndsAt, cancelAt, discountCode, discountPercent } = theirs.subscription;
  // What has ended keeps there what it had at its end.
  if (status === "canceled") return [];
  const wanted = {
    planId,
    seats,
    cancelAt: toDate(cancelAt),
    discountCode,
    discountPercent,
    ...(status === "trialing" && { trialEndsAt: toDate(trialEndsAt) }),
  };
  return Object.entries(differing(subscription, wanted)).map(([field, value]) => drift(field, subscription[field as "planId"], value));
}

/** What was given back by somebody else than us, or did not arrive there. */
function refundDrift({ invoices, refunds }: OwnBilling, theirs: BillingSnapshot): Drift[] {
  const failed = new Set(theirs.failedRefunds.map(({ stripeId }) => stripeId));
  return theirs.invoices.flatMap(({ stripeInvoiceId, refunded }) => {
    const invoice = invoices.find((one) => one.stripeInvoiceId === stripeInvoiceId);
    const own = refunds.filter(({ invoiceId }) => invoiceId === invoice?.id);
    if (!invoice || own.some(({ isBusy }) => isBusy)) return [];
    const sum = own.filter(({ stripeId }) => !failed.has(stripeId ?? "")).reduce((total, { amount }) => total + amount, 0);
    return sum === refunded ? [] : [{ objectType: "Invoice", objectId: invoice.id, field: "refunded", ours: sum, theirs: refunded }];
  });
}
