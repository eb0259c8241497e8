import { z } from "zod";
import { describeCallKind } from "#domain/stripe-call-words.ts";
import { text } from "#lib/text.ts";
import { mirrorFromStripe } from "#server/effects/mirror.ts";
import { defineOperation, type RunArguments } from "#server/operation.ts";

const input = z.strictObject({
  state: z.enum(["succeeded", "failed"]).meta({ title: "What came of it" }),
  stripeId: text({ max: 100 }).nullable().default(null).meta({ title: "Its id at Stripe" }),
  failure: text({ max: 400 }).nullable().default(null).meta({ title: "Why Stripe refused" }),
  discountPercent: z.int().min(1).max(100).nullable().default(null).meta({ title: "Percent off" }),
});
type Run = Pick<RunArguments<"StripeCall", z.output<typeof input>>, "db" | "target" | "input">;

export const stripeCallSettle = defineOperation({
  name: "stripeCall.settle",
  title: "Record what came of a call to Stripe",
  description: "Stripe did it, or refused for good.",
  target: "StripeCall",
  allowSystem: true,
  risk: "routine",
  input,
  unavailable: ({ state }) => (state === "pending" ? null : "It is settled already."),
  summary: ({ target, input: { state, failure } }) =>
    state === "succeeded"
      ? `Stripe did what was asked for: ${describeCallKind(target.kind)} of ${target.organization.name}`
      : `Stripe refused: ${describeCallKind(target.kind)} of ${target.organization.name}. ${failure ?? ""}`.trim(),
  async run({ db, target, input: outcome, effect }) {
    const { state, stripeId, failure } = outcome;
    const settled = { state, stripeId, failure, settledAt: new Date() };
    await db.stripeCall.update({ where: { id: target.id }, data: settled, select: { id: true } });
    if (target.kind === "refund" || target.kind === "credit")
      await db.ledgerEntry.update({ where: { id: target.objectId }, data: settled, select: { id: true } });
    if (state === "succeeded") await takeOver({ db, target, input: outcome });
    effect(mirrorFromStripe(target.organizationId));
  },
});

/** What is known here only once Stripe has done it. */
async function takeOver({ db, target, input: { stripeId, discountPercent } }: Run): Promise<void> {
  const { kind, organizationId } = target;
  if (kind === "createCustomer")
    await db.organization.update({ where: { id: organizationId }, data: { stripeCustomerId: stripeId }, select: { id: true } });
  if (kind === "applyDiscount" && discountPercent) {
    const { code } = target.parameters as { code: string };
    const data = { discountCode: code, discountPercent };
    await db.subscription.update({ where: { organizationId }, data, select: { id: true } });
  }
}
