import { z } from "zod";
import { leftToRefund, readAmount } from "#domain/billing-amounts.ts";
import { formatMoney, toDecimal } from "#lib/money.ts";
import { text } from "#lib/text.ts";
import { AppError } from "#server/errors.ts";
import { defineOperation } from "#server/operation.ts";
import { callStripe } from "#server/stripe/call-stripe.ts";
import type { TargetRow } from "#server/targets.ts";

type Invoice = TargetRow<"Invoice">;

export const invoiceRefund = defineOperation({
  name: "invoice.refund",
  title: "Refund",
  description: "Gives back what was paid on this invoice, wholly or in part, to what it was paid with.",
  target: "Invoice",
  allow: { billing: true },
  risk: "risky",
  bulk: true,
  ticket: "required",
  input: z.strictObject({
    amount: text({ max: 30 }).optional().meta({ title: "Amount", help: "In the invoice's currency. Leave it empty for all that is left" }),
  }),
  defaults: (invoice) => ({ amount: toDecimal(leftOf(invoice), invoice.currency) }),
  unavailable(invoice) {
    if (invoice.amountPaid === 0) return "Nothing was paid on this invoice.";
    if (leftOf(invoice) === 0) return "All that was paid on this invoice is refunded, or about to be.";
    return invoice.stripePaymentIntentId ? null : "Stripe knows of no payment of this invoice, so there is nothing to refund there.";
  },
  amount({ target, input }) {
    const read = readRefund(target, input.amount);
    return "problem" in read ? null : { amount: read.amount, currency: target.currency };
  },
  summary({ target, input }) {
    const read = readRefund(target, input.amount);
    const amount = "problem" in read ? "an amount" : formatMoney(read.amount, target.currency);
    return `Refund ${amount} of the invoice ${target.number} to ${target.organization.name}`;
  },
  consequences({ target, input }) {
    const read = readRefund(target, input.amount);
    if ("problem" in read) return [];
    const left = leftOf(target) - read.amount;
    return [
      left === 0
        ? "Then all that was paid on this invoice is refunded."
        : `Then ${formatMoney(left, target.currency)} of the ${formatMoney(target.amountPaid, target.currency)} that were paid can still be refunded.`,
      "Stripe pays it out; once it has, it cannot be taken back, and the owners are told. Should it refuse, you are told.",
    ];
  },
  async run({ db, target, input, context, eventId, effect }) {
    const read = readRefund(target, input.amount);
    if ("problem" in read)
      throw new AppError("INVALID_INPUT", { userMessage: read.problem, details: { fields: { "input.amount": read.problem } } });
    const { id: invoiceId, organizationId, currency, number, stripePaymentIntentId } = target;
    const { amount } = read;
    const entry = await db.ledgerEntry.create({
      data: {
        organizationId,
        invoiceId,
        kind: "refund",
        amount,
        currency,
        staffMemberId: context.actor.id,
        staffLabel: context.actor.label,
      },
      select: { id: true },
    });
    await callStripe(
      { db, effect, eventId },
      {
        kind: "refund",
        organizationId,
        objectId: entry.id,
        parameters: { paymentIntent: stripePaymentIntentId ?? "", amount },
        words: `Stripe: refund ${formatMoney(amount, currency)} of the invoice ${number}`,
      },
    );
  },
});

function leftOf({ amountPaid, ledgerEntries }: Invoice): number {
  return leftToRefund(amountPaid, ledgerEntries);
}

function readRefund(invoice: Invoice, typed: string | undefined): { amount: number } | { problem: string } {
  const left = leftOf(invoice);
  if (typed === undefined) return { amount: left };
  const read = readAmount(typed, invoice.currency);
  if ("problem" in read || read.amount <= left) return read;
  return { problem: `Only ${formatMoney(left, invoice.currency)} of this invoice can still be refunded.` };
}
