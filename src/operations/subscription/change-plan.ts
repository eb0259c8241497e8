import { z } from "zod";
import { subscriptionChanged } from "#domain/mails/subscription-changed.ts";
import { describePlanChange, seatsOnPlan, whatIsTooMuch } from "#domain/plan-change.ts";
import { planIds } from "#domain/prices.ts";
import { findBillingPeriod } from "#server/billing-period.ts";
import { mail } from "#server/effects/mail.ts";
import { AppError } from "#server/errors.ts";
import { defineOperation, type RunArguments } from "#server/operation.ts";
import { ownersOf } from "#server/organization-owners.ts";
import { findSeats } from "#server/seats.ts";
import { requireSubscription } from "#server/stripe/billed.ts";
import { callStripe } from "#server/stripe/call-stripe.ts";

export const subscriptionChangePlan = defineOperation({
  name: "subscription.changePlan",
  title: "Change plan",
  description: "Another plan from this moment on, with what it costs and allows.",
  target: "Organization",
  allow: { billing: true },
  risk: "risky",
  ticket: "required",
  input: z.strictObject({
    plan: z.enum(planIds, "Choose a plan.").meta({ title: "Plan" }),
    prorate: z.boolean().default(true).meta({ title: "Charge or give back the difference", help: "For the time until the next invoice" }),
  }),
  defaults: () => ({ prorate: true }),
  unavailable({ name, subscription }) {
    if (!subscription) return `${name} has no subscription.`;
    return subscription.status === "canceled" ? `The subscription of ${name} has ended. Reactivate it first.` : null;
  },
  inverse({ changes }) {
    const before = changes.find(({ tableName }) => tableName === "Subscription")?.before?.planId;
    return before ? { operation: "subscription.changePlan", input: { plan: before } } : null;
  },
  summary: ({ target, input }) => `Change the plan of ${target.name} from ${target.subscription?.planId ?? "none"} to ${input.plan}`,
  async consequences({ target, input, db }) {
    const { currency, discountPercent, currentPeriodEndsAt, status, trialEndsAt, seats } = requireSubscription(target);
    const { before, after } = await findPlans(db, target, input.plan);
    return describePlanChange({
      before: { plan: before, seats },
      after: { plan: after, seats: seatsOnPlan(seats, after) },
      currency,
      discountPercent,
      period: await findBillingPeriod(db, { organizationId: target.id, endsAt: currentPeriodEndsAt }),
      trialEndsAt: status === "trialing" ? trialEndsAt : null,
      prorated: input.prorate,
      now: new Date(),
    });
  },
  async run({ db, target, input, eventId, effect }) {
    const { id, planId, seats: licensed, currency, stripeSubscriptionId } = requireSubscription(target);
    if (planId === input.plan) throw refuse("It has this plan already.");
    const { before, after } = await findPlans(db, target, input.plan);
    const tooMuch = whatIsTooMuch(after, {
      monitors: await db.monitor.count({ where: { organizationId: target.id } }),
      monitorLimit: target.limitOverride?.monitors ?? 0,
      seats: await findSeats(db, target.id),
    });
    if (tooMuch.length > 0) throw refuse(tooMuch.join(" "));
    const seats = seatsOnPlan(licensed, after);
    await db.subscription.update({ where: { id }, data: { planId: input.plan, seats }, select: { id: true } });
    if (stripeSubscriptionId) {
      await callStripe(
        { db, effect, eventId },
        {
          kind: "changePlan",
          organizationId: target.id,
          objectId: id,
          parameters: { subscription: stripeSubscriptionId, planId: input.plan, seats, currency, prorate: input.prorate },
          words: `Stripe: change the plan to ${after.name}${input.prorate ? " and charge or give back the difference" : ""}`,
        },
      );
    }
    const sentences = [`${target.name} has the ${after.name} plan now; before it had ${before.name}.`];
    const data = { organizationName: target.name, slug: target.slug, change: "plan" as const, sentences };
    for (const owner of await ownersOf(db, target.id)) effect(mail(subscriptionChanged, { to: owner, data }));
  },
});

async function findPlans(db: Run["db"], target: Run["target"], chosen: string) {
  const before = await db.plan.findUniqueOrThrow({ where: { id: requireSubscription(target).planId } });
  return { before, after: await db.plan.findUniqueOrThrow({ where: { id: chosen } }) };
}

type Run = RunArguments<"Organization", unknown>;

function refuse(sentence: string): AppError {
  return new AppError("CONFLICT", { userMessage: sentence, details: { fields: { "input.plan": sentence } } });
}
