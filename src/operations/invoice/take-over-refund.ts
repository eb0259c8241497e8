import { z } from "zod";
import { snapshotRefund } from "#domain/billing-snapshot.ts";
import { refundIssued } from "#domain/mails/registry.ts";
import { formatTime } from "#lib/format-time.ts";
import { formatMoney } from "#lib/money.ts";
import { mail } from "#server/effects/mail.ts";
import { AppError } from "#server/errors.ts";
import { defineOperation } from "#server/operation.ts";
import { ownersOf } from "#server/organization-owners.ts";
import { madeAtStripe, whyNotTakenOver } from "#server/stripe/refunds-made-there.ts";

/** What happened longer ago is no news, as where a customer of many years is looked at for the first time. */
const isNewsFor = 7 * 24 * 60 * 60 * 1_000;

export const invoiceTakeOverRefund = defineOperation({
  name: "invoice.takeOverRefund",
  title: "Take over a refund made at Stripe",
  description: "The ledger gets a refund that nobody asked for here, so that no more is given back than was paid.",
  target: "Invoice",
  allowSystem: true,
  risk: "routine",
  input: z.strictObject({ refund: snapshotRefund.meta({ title: "The refund at Stripe" }) }),
  summary: ({ target, input: { refund } }) =>
    `Take over a refund of ${formatMoney(refund.amount, refund.currency)} of the invoice ${target.number}, made at Stripe`,
  consequences: ({ input: { refund } }) => [
    `Somebody gave back ${formatMoney(refund.amount, refund.currency)} at Stripe itself at ${formatTime(new Date(refund.madeAt))}: that much less can be refunded here.`,
  ],
  async run({ db, target, input: { refund }, effect }) {
    const problem = await whyNotTakenOver(db, target.id, refund);
    if (problem) throw new AppError("CONFLICT", { userMessage: problem });
    const { amount, currency, stripeId, chargeId: stripeChargeId } = refund;
    const settledAt = new Date(refund.madeAt);
    const { id: invoiceId, organizationId, number, organization } = target;
    const made = { state: "succeeded", settledAt, stripeId, stripeChargeId, staffMemberId: null, staffLabel: madeAtStripe } as const;
    await db.ledgerEntry.create({ data: { organizationId, invoiceId, kind: "refund", amount, currency, ...made }, select: { id: true } });
    if (Date.now() - settledAt.getTime() > isNewsFor) return;
    const data = { organizationName: organization.name, slug: organization.slug, invoiceId, number, amount, currency };
    for (const to of await ownersOf(db, organizationId)) effect(mail(refundIssued, { to, data }));
  },
});
