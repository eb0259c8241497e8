import { z } from "zod";
import { readAmount } from "#domain/billing-amounts.ts";
import { invoiceAnnounced } from "#domain/mails/invoice-announced.ts";
import { formatMoney } from "#lib/money.ts";
import { text } from "#lib/text.ts";
import { mail } from "#server/effects/mail.ts";
import { AppError } from "#server/errors.ts";
import { defineOperation } from "#server/operation.ts";
import { ownersOf } from "#server/organization-owners.ts";
import { requireSubscription, whyNotBilled } from "#server/stripe/billed.ts";
import { callStripe } from "#server/stripe/call-stripe.ts";

export const organizationInvoiceOneOff = defineOperation({
  name: "organization.invoiceOneOff",
  title: "Bill once",
  description: "An invoice beside the subscription's, for something that was agreed on.",
  target: "Organization",
  allow: { billing: true },
  risk: "risky",
  ticket: "required",
  input: z.strictObject({
    amount: text({ max: 30 }).meta({ title: "Amount", help: "In the subscription's currency, such as 120.00" }),
    description: text({ max: 200 }).meta({ title: "What for", help: "The line of the invoice: the customer reads it" }),
  }),
  unavailable: whyNotBilled,
  summary({ target, input }) {
    const { currency } = requireSubscription(target);
    const read = readAmount(input.amount, currency);
    return `Bill ${target.name} ${"problem" in read ? "an amount" : formatMoney(read.amount, currency)} once`;
  },
  async consequences({ target, db }) {
    const method = await db.paymentMethod.findUnique({ where: { organizationId: target.id }, select: { brand: true, last4: true } });
    return [
      method
        ? `It is charged to the ${method.brand} card that ends in ${method.last4}, after what the customer has in credit.`
        : "There is no payment method: the invoice stays open until the customer pays it.",
      "The invoice gets its number from Stripe and is listed here once it has.",
    ];
  },
  async run({ db, target, input, eventId, effect }) {
    const { currency } = requireSubscription(target);
    const read = readAmount(input.amount, currency);
    if ("problem" in read)
      throw new AppError("INVALID_INPUT", { userMessage: read.problem, details: { fields: { "input.amount": read.problem } } });
    const { amount } = read;
    const { description } = input;
    const { id: organizationId, name: organizationName, slug, stripeCustomerId } = target;
    await callStripe(
      { db, effect, eventId },
      {
        kind: "oneOffInvoice",
        organizationId,
        objectId: organizationId,
        parameters: { customer: stripeCustomerId ?? "", amount, currency, description },
        words: `Stripe: an invoice over ${formatMoney(amount, currency)} for ${organizationName}`,
      },
    );
    const data = { organizationName, slug, amount, currency, description };
    for (const owner of await ownersOf(db, organizationId)) effect(mail(invoiceAnnounced, { to: owner, data }));
  },
});
