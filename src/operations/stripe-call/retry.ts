import { z } from "zod";
import { describeCallKind } from "#domain/stripe-call-words.ts";
import type { StripeCallKind, StripeCalls } from "#domain/stripe-calls.ts";
import { formatMoney } from "#lib/money.ts";
import { AppError } from "#server/errors.ts";
import { defineOperation, type RunArguments } from "#server/operation.ts";
import { callStripe } from "#server/stripe/call-stripe.ts";
import { whyNotAgain } from "#server/stripe/why-not-again.ts";

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
    money && { amount: money.amount, currency: money.currency, as: kind === "refund" ? "invoice.refund" : "organization.credit" },
  summary: ({ target }) => `Ask Stripe again: ${describeCallKind(target.kind)} of ${target.organization.name}`,
  consequences: ({ target: { failure, money } }) => [
    `The first time it was refused: ${failure ?? "no reason was given."}`,
    ...(money ? [`${formatMoney(money.amount, money.currency)} are given if Stripe takes it this time.`] : []),
  ],
  async run({ db, target, eventId, effect }) {
    const problem = await whyNotAgain(db, target);
    if (problem) throw new AppError("CONFLICT", { userMessage: problem });
    await giveAgain({ db, target });
    const { kind, organizationId, objectId, parameters, organization } = target;
    await callStripe(
      { db, effect, eventId },
      {
        kind: kind as StripeCallKind,
        organizationId,
        objectId,
        parameters: parameters as StripeCalls[StripeCallKind],
        words: `Stripe: ${describeCallKind(kind)} of ${organization.name}, once more`,
      },
    );
  },
});

/** The money counts again as about to be given, where it still fits into what was paid. */
async function giveAgain({ db, target: { money, objectId } }: Pick<RunArguments<"StripeCall", unknown>, "db" | "target">): Promise<void> {
  if (!money) return;
  if (money.state !== "failed") throw new AppError("CONFLICT", { userMessage: "It was given in the meantime." });
  const entry = await db.ledgerEntry.findUniqueOrThrow({
    where: { id: objectId },
    select: { amount: true, currency: true, invoiceId: true },
  });
  if (entry.invoiceId) {
    // Refunds of one invoice wait for each other here, as they do in the database's own check.
    const [invoice] = await db.$queryRaw<{ paid: number; given: number }[]>`
      SELECT i."amountPaid" AS "paid", (SELECT coalesce(sum(l."amount"), 0)::int FROM "LedgerEntry" l
        WHERE l."invoiceId" = i."id" AND l."kind" = 'refund' AND l."state" <> 'failed') AS "given"
      FROM "Invoice" i WHERE i."id" = ${entry.invoiceId} FOR NO KEY UPDATE`;
    const left = invoice ? invoice.paid - invoice.given : 0;
    if (entry.amount > left)
      throw new AppError("CONFLICT", {
        userMessage: `Only ${formatMoney(Math.max(0, left), entry.currency)} of this invoice can still be refunded.`,
      });
  }
  await db.ledgerEntry.update({
    where: { id: objectId },
    data: { state: "pending", failure: null, stripeId: null, settledAt: null },
    select: { id: true },
  });
}
