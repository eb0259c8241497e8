import type Stripe from "stripe";
import type { BillingSnapshot, SnapshotRefund } from "#domain/billing-snapshot.ts";
import { callMark } from "./call.ts";
import { idOf, toTime } from "./read-stripe.ts";

/** Refunds of the ledger, by their ids at Stripe. */
export type KnownRefunds = { stripeId: string; hasFailed: boolean }[];
type Surprising = { failed: BillingSnapshot["failedRefunds"]; unknown: SnapshotRefund[] };

/** What became of refunds otherwise than the ledger says: those of it that failed at the bank, and those that it does not have. */
export async function findSurprisingRefunds(api: Stripe, charges: readonly Stripe.Charge[], known: KnownRefunds): Promise<Surprising> {
  const hasFailed = new Map(known.map((one) => [one.stripeId, one.hasFailed]));
  const refunds = (await Promise.all(charges.map((charge) => refundsOf(api, charge)))).flat();
  return {
    failed: refunds.filter((one) => isRefused(one) && hasFailed.get(one.id) === false).map(describeFailure),
    unknown: refunds.flatMap((one) => (isRefused(one) || hasFailed.has(one.id) ? [] : (describeRefund(one) ?? []))),
  };
}

/** A charge brings its newest ten along. */
async function refundsOf(api: Stripe, { id, refunds }: Stripe.Charge): Promise<Stripe.Refund[]> {
  return refunds?.has_more ? await api.refunds.list({ charge: id, limit: 100 }).autoPagingToArray({ limit: 1_000 }) : (refunds?.data ?? []);
}

/** One that the bank still works on counts as made. */
function isRefused({ status }: Stripe.Refund): boolean {
  return status === "failed" || status === "canceled";
}

function describeFailure({ id, failure_reason }: Stripe.Refund) {
  return { stripeId: id, failure: `The bank refused the refund: ${(failure_reason ?? "unknown").replaceAll("_", " ")}.` };
}

function describeRefund({ id, charge, payment_intent, amount, currency, created, metadata }: Stripe.Refund): SnapshotRefund | null {
  const [chargeId, paymentIntent] = [idOf(charge), idOf(payment_intent)];
  if (!chargeId || !paymentIntent || amount < 1) return null;
  const callId = metadata?.[callMark]?.slice(0, 100) ?? null;
  return { stripeId: id, chargeId, paymentIntent, amount, currency: currency.toUpperCase(), madeAt: toTime(created), callId };
}
