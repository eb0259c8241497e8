import { z } from "zod";
import { formatMoney } from "#lib/money.ts";
import { AppError } from "#server/errors.ts";
import { defineOperation } from "#server/operation.ts";
import { callStripe } from "#server/stripe/call-stripe.ts";

export const invoiceRetryPayment = defineOperation({
  name: "invoice.retryPayment",
  title: "Retry the payment",
  description: "Has Stripe try once more, at once, to collect an invoice with the customer's payment method.",
  target: "Invoice",
  allow: { billing: true },
  risk: "risky",
  bulk: true,
  input: z.strictObject({}),
  unavailable(invoice) {
    if (invoice.status !== "open") return `An invoice that is ${stateWords[invoice.status]} is not collected.`;
    return invoice.stripeInvoiceId ? null : "Stripe does not know this invoice, so it cannot collect it.";
  },
  summary: ({ target }) => `Retry the payment of ${target.number} by ${target.organization.name}`,
  async consequences({ target, db }) {
    const { organizationId, amountDue, amountPaid, currency } = target;
    const method = await db.paymentMethod.findUnique({ where: { organizationId }, select: { brand: true, last4: true } });
    const amount = formatMoney(amountDue - amountPaid, currency);
    return [
      method
        ? `${amount} are charged to the ${method.brand} card that ends in ${method.last4}.`
        : "There is no payment method: it will fail.",
      "The customer gets no e-mail of ours if it works; their bank may tell them.",
    ];
  },
  async run({ db, target, eventId, effect }) {
    const waiting = { objectId: target.id, kind: "payInvoice", state: "pending" } as const;
    if (await db.stripeCall.findFirst({ where: waiting, select: { id: true } }))
      throw new AppError("CONFLICT", { userMessage: "A payment of this invoice is being tried already." });
    await callStripe(
      { db, effect, eventId },
      {
        kind: "payInvoice",
        organizationId: target.organizationId,
        objectId: target.id,
        parameters: { invoice: target.stripeInvoiceId ?? "" },
        words: `Stripe: collect ${formatMoney(target.amountDue - target.amountPaid, target.currency)} for the invoice ${target.number}`,
      },
    );
  },
});

const stateWords = { draft: "only planned", open: "open", paid: "paid", void: "void", uncollectible: "given up" } as const;
