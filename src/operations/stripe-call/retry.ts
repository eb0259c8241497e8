import { z } from "zod";
import { describeCallKind } from "#domain/stripe-call-words.ts";
import type { StripeCallKind, StripeCalls } from "#domain/stripe-calls.ts";
import { formatMoney } from "#lib/money.ts";
import { AppError } from "#server/errors.ts";
import { defineOperation } from "#server/operation.ts";
import { callStripe } from "#server/stripe/call-stripe.ts";
import { giveAgain } from "#server/stripe/give-again.ts";
import { whyNotAgain } from "#server/stripe/why-not-again.ts";

/** Whose thresholds count where money is given: for what is not in the ledger, those of plans and seats. */
const ledgerOperations: Record<string, string | undefined> = { refund: "invoice.refund", credit: "organization.credit" };

export const stripeCallRetry = defineOperation({
  name: "stripeCall.retry",
  title: "Ask Stripe again",
  description: "Has Stripe try once more what it refused, as a new request.",
  target: "StripeCall",
  allow: { billing: true },
  risk: "risky",
  ticket: "required",
  input: z.strictObject({}),
  unavailable: ({ state }) => (state === "failed" ? null : "Stripe has not refused it."),
  amount: ({ target: { kind, money } }) =>
    money && { amount: money.amount, currency: money.currency, as: ledgerOperations[kind] ?? "subscription.changePlan" },
  summary: ({ target }) => `Ask Stripe again: ${describeCallKind(target.kind)} of ${target.organization.name}`,
  consequences: ({ target: { failure, money } }) => [
    `The first time it was refused: ${failure ?? "no reason was given."}`,
    ...(money ? [`${formatMoney(money.amount, money.currency)} are given if Stripe takes it this time, by whoever asks now.`] : []),
  ],
  async run({ db, target, context, eventId, effect }) {
    const problem = await whyNotAgain(db, target);
    if (problem) throw new AppError("CONFLICT", { userMessage: problem });
    const { id, kind, organizationId, objectId, parameters, organization, money } = target;
    const inLedger = kind in ledgerOperations;
    await callStripe(
      { db, effect, eventId },
      {
        kind: kind as StripeCallKind,
        organizationId,
        objectId: inLedger ? await giveAgain({ db, entryId: objectId, context }) : objectId,
        parameters: parameters as StripeCalls[StripeCallKind],
        words: `Stripe: ${describeCallKind(kind)} of ${organization.name}, once more`,
        gives: !inLedger && money ? { amount: money.amount, currency: money.currency, staffMemberId: context.actor.id } : null,
        retryOf: id,
      },
    );
  },
});
