import { z } from "zod";
import { readAmount } from "#domain/billing-amounts.ts";
import { formatMoney } from "#lib/money.ts";
import { text } from "#lib/text.ts";
import { AppError } from "#server/errors.ts";
import { defineOperation } from "#server/operation.ts";
import { whyNotBilled } from "#server/stripe/billed.ts";
import { callStripe } from "#server/stripe/call-stripe.ts";
import type { TargetRow } from "#server/targets.ts";

export const organizationCredit = defineOperation({
  name: "organization.credit",
  title: "Give credit",
  description: "Money in hand that pays the customer's next invoices.",
  target: "Organization",
  allow: { support: true, billing: true },
  risk: "risky",
  bulk: true,
  ticket: "required",
  input: z.strictObject({
    amount: text({ max: 30 }).meta({ title: "Amount", help: "In the subscription's currency, such as 20.00" }),
    description: text({ max: 200 }).meta({ title: "What for", help: "The customer reads it" }),
  }),
  unavailable: whyNotBilled,
  amount({ target, input }) {
    const read = readAmount(input.amount, currencyOf(target));
    return "problem" in read ? null : { amount: read.amount, currency: currencyOf(target) };
  },
  summary({ target, input }) {
    const read = readAmount(input.amount, currencyOf(target));
    return `Give ${target.name} a credit of ${"problem" in read ? "an amount" : formatMoney(read.amount, currencyOf(target))}`;
  },
  consequences: () => [
    "It is taken off the next invoices until it is used up. It is not paid out.",
    "The owners are told once Stripe has taken it down. Should it refuse, you are told.",
  ],
  async run({ db, target, input, context, eventId, effect }) {
    const currency = currencyOf(target);
    const read = readAmount(input.amount, currency);
    if ("problem" in read)
      throw new AppError("INVALID_INPUT", { userMessage: read.problem, details: { fields: { "input.amount": read.problem } } });
    const { amount } = read;
    const { description } = input;
    const { id: organizationId, name: organizationName, stripeCustomerId } = target;
    const entry = await db.ledgerEntry.create({
      data: { organizationId, kind: "credit", amount, currency, staffMemberId: context.actor.id, staffLabel: context.actor.label },
      select: { id: true },
    });
    await callStripe(
      { db, effect, eventId },
      {
        kind: "credit",
        organizationId,
        objectId: entry.id,
        parameters: { customer: stripeCustomerId ?? "", amount, currency, description },
        words: `Stripe: credit ${formatMoney(amount, currency)} to ${organizationName}`,
      },
    );
  },
});

function currencyOf({ subscription }: TargetRow<"Organization">): string {
  return subscription?.currency ?? "EUR";
}
