import { z } from "zod";
import { describeCallKind } from "#domain/stripe-call-words.ts";
import { text } from "#lib/text.ts";
import { mirrorFromStripe } from "#server/effects/mirror.ts";
import { defineOperation, type RunArguments } from "#server/operation.ts";
import { callStripe } from "#server/stripe/call-stripe.ts";
import { tellOfGift, tellOfRefusal } from "#server/stripe/tell-of-call.ts";

const input = z.strictObject({
  state: z.enum(["succeeded", "failed"]).meta({ title: "What came of it" }),
  stripeId: text({ max: 100 }).nullable().default(null).meta({ title: "Its id at Stripe" }),
  chargeId: text({ max: 100 }).nullable().default(null).meta({ title: "The charge at Stripe" }),
  failure: text({ max: 400 }).nullable().default(null).meta({ title: "Why Stripe refused" }),
});

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
  async run({ db, target, input: { state, stripeId, chargeId, failure }, eventId, effect }) {
    // By the database's clock: whether what was seen at Stripe is older than this is decided by it.
    const [clock] = await db.$queryRaw<{ now: Date }[]>`SELECT clock_timestamp() AS "now"`;
    const settled = { state, stripeId, failure, settledAt: clock?.now ?? new Date() };
    await db.stripeCall.update({ where: { id: target.id }, data: settled, select: { id: true } });
    if (target.kind === "refund" || target.kind === "credit")
      await db.ledgerEntry.update({ where: { id: target.objectId }, data: { ...settled, stripeChargeId: chargeId }, select: { id: true } });
    if (state === "succeeded" && stripeId) await takeOver({ db, target, eventId, effect }, stripeId);
    for (const letter of await (state === "succeeded" ? tellOfGift(db, target) : tellOfRefusal(db, { ...target, failure }))) effect(letter);
    effect(mirrorFromStripe(target.organizationId));
  },
});

type Run = Pick<RunArguments<"StripeCall", unknown>, "db" | "target" | "eventId" | "effect">;

/** What is known here only once Stripe has done it. */
async function takeOver(run: Run, stripeId: string): Promise<void> {
  const { kind, organizationId, objectId } = run.target;
  if (kind === "createCustomer") {
    await run.db.organization.update({ where: { id: organizationId }, data: { stripeCustomerId: stripeId }, select: { id: true } });
    await subscribe(run, stripeId);
  }
  if (kind === "createSubscription" || kind === "reactivate")
    await run.db.subscription.updateMany({
      where: { id: objectId, OR: [{ stripeSubscriptionId: null }, { stripeSubscriptionId: { not: stripeId } }] },
      data: { stripeSubscriptionId: stripeId },
    });
}

/** A customer who is new at Stripe is billed there from now on. */
async function subscribe(run: Run, customer: string): Promise<void> {
  const { id: organizationId, name } = run.target.organization;
  const found = await run.db.subscription.findUnique({
    where: { organizationId },
    select: {
      id: true,
      planId: true,
      seats: true,
      currency: true,
      trialEndsAt: true,
      status: true,
      discountCode: true,
      stripeSubscriptionId: true,
    },
  });
  if (!found || found.stripeSubscriptionId || found.status === "canceled") return;
  const { id: objectId, planId, seats, currency, trialEndsAt, discountCode } = found;
  await callStripe(run, {
    kind: "createSubscription",
    organizationId,
    objectId,
    parameters: { customer, planId, seats, currency, trialEndsAt: trialEndsAt?.toISOString() ?? null, discountCode },
    words: `Stripe: the subscription of ${name}`,
  });
}
