import { leftToRefund } from "#domain/billing-amounts.ts";
import type { SnapshotRefund } from "#domain/billing-snapshot.ts";
import { formatMoney } from "#lib/money.ts";
import type { Reader, Transaction } from "../db.ts";

/** Who gave what nobody of the staff gave. */
export const madeAtStripe = "Stripe's dashboard";

/** Which of these refunds the ledger can take over now, and of which invoice each is; the oldest first. */
export async function findRefundsMadeThere(db: Reader | Transaction, organizationId: string, refunds: readonly SnapshotRefund[]) {
  const invoices = await db.invoice.findMany({
    where: { organizationId, stripePaymentIntentId: { in: refunds.map(({ paymentIntent }) => paymentIntent) } },
    select: { id: true, stripePaymentIntentId: true },
  });
  const found: { invoiceId: string; refund: SnapshotRefund }[] = [];
  for (const refund of refunds.toSorted((a, b) => a.madeAt.localeCompare(b.madeAt))) {
    const invoice = invoices.find(({ stripePaymentIntentId }) => stripePaymentIntentId === refund.paymentIntent);
    if (invoice && !(await whyNotTakenOver(db, invoice.id, refund))) found.push({ invoiceId: invoice.id, refund });
  }
  return found;
}

/** Why a refund at Stripe is not to be written into the ledger, in a sentence; null where it is. */
export async function whyNotTakenOver(db: Reader | Transaction, invoiceId: string, refund: SnapshotRefund): Promise<string | null> {
  const { stripeId, callId, paymentIntent, amount, currency } = refund;
  const known = await db.ledgerEntry.findUnique({ where: { stripeId }, select: { id: true } });
  if (known) return "This refund is in the ledger already.";
  const call = callId ? await db.stripeCall.findUnique({ where: { id: callId }, select: { id: true } }) : null;
  if (call) return "This refund was asked for here: what came of it is recorded with the call.";
  const invoice = await db.invoice.findUniqueOrThrow({
    where: { id: invoiceId },
    select: {
      amountPaid: true,
      currency: true,
      stripePaymentIntentId: true,
      ledgerEntries: { select: { kind: true, amount: true, state: true } },
    },
  });
  if (invoice.stripePaymentIntentId !== paymentIntent || invoice.currency !== currency) return "This refund is of another payment.";
  const left = leftToRefund(invoice.amountPaid, invoice.ledgerEntries);
  return amount > left ? `Only ${formatMoney(left, currency)} of this invoice can still be refunded.` : null;
}
