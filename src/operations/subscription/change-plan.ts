import { z } from "zod";
import { subscriptionChanged } from "#domain/mails/subscription-changed.ts";
import { describePlanChange, seatsOnPlan, whatIsTooMuch } from "#domain/plan-change.ts";
import { planIds } from "#domain/prices.ts";
import { describeUse, manySeats, seatCount, seatsUsed } from "#domain/seats.ts";
import { plural } from "#lib/text.ts";
import { findBillingPeriod } from "#server/billing-period.ts";
import { mail } from "#server/effects/mail.ts";
import { AppError } from "#server/errors.ts";
import { defineOperation, type RunArguments } from "#server/operation.ts";
import { ownersOf } from "#server/organization-owners.ts";
import { findSeats } from "#server/seats.ts";
import { requireSubscription, whyNotRunning } from "#server/stripe/billed.ts";
import { callStripe } from "#server/stripe/call-stripe.ts";
import { findGivenByChange } from "#server/stripe/given-by-change.ts";

/** What is given back for a dearer plan, or not charged for it, is money that somebody gives: thresholds and budgets count it. */
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
    seats: seatCount.optional().meta({ title: "Seats", help: "Leave it empty to keep as many as the plan allows" }),
  }),
  defaults: () => ({ prorate: true }),
  async limit({ input: { plan: id, seats: after }, target, roles, db }) {
    if (!after) return null;
    const plan = await db.plan.findUniqueOrThrow({ where: { id }, select: { name: true, seats: true } });
    return manySeats({ before: Math.min(requireSubscription(target).seats, plan.seats), after, plan, roles });
  },
  async amount({ target, input, db }) {
    const after = await db.plan.findUniqueOrThrow({ where: { id: input.plan } });
    const seats = input.seats ?? seatsOnPlan(requireSubscription(target).seats, after);
    return findGivenByChange(db, { target, after: { planId: input.plan, seats }, prorated: input.prorate });
  },
  unavailable: whyNotRunning,
  inverse({ changes }) {
    const before = changes.find(({ tableName }) => tableName === "Subscription")?.before;
    if (!before?.planId) return null;
    // Where nothing was asked of Stripe nothing was charged or given back, so there is nothing of it to take back either.
    const asked = changes.find(({ tableName }) => tableName === "StripeCall")?.after?.parameters as { prorate?: boolean } | undefined;
    const seats = before.seats ? { seats: before.seats } : {};
    return { operation: "subscription.changePlan", input: { plan: before.planId, prorate: asked?.prorate ?? false, ...seats } };
  },
  summary: ({ target, input }) => `Change the plan of ${target.name} from ${target.subscription?.planId ?? "none"} to ${input.plan}`,
  async consequences({ target, input, db }) {
    const { currency, discountPercent, currentPeriodEndsAt, status, trialEndsAt, seats } = requireSubscription(target);
    const { before, after } = await findPlans(db, target, input.plan);
    return describePlanChange({
      before: { plan: before, seats },
      after: { plan: after, seats: input.seats ?? seatsOnPlan(seats, after) },
      currency,
      discountPercent,
      period: await findBillingPeriod(db, { organizationId: target.id, endsAt: currentPeriodEndsAt }),
      trialEndsAt: status === "trialing" ? trialEndsAt : null,
      prorated: input.prorate,
      now: new Date(),
    });
  },
  async run({ db, target, input, context, eventId, effect }) {
    const { id, planId, seats: licensed, currency, stripeSubscriptionId } = requireSubscription(target);
    if (planId === input.plan) throw refuse("plan", "It has this plan already.");
    const { before, after } = await findPlans(db, target, input.plan);
    const use = await findSeats(db, target.id);
    const tooMuch = whatIsTooMuch(after, {
      monitors: await db.monitor.count({ where: { organizationId: target.id } }),
      monitorLimit: target.limitOverride?.monitors ?? 0,
      seats: use,
    });
    if (tooMuch.length > 0) throw refuse("plan", tooMuch.join(" "));
    const { plan, prorate, seats = seatsOnPlan(licensed, after) } = input;
    if (seats < licensed && seats < seatsUsed(use)) throw refuse("seats", `${describeUse(use)} take ${plural(seatsUsed(use), "seat")}.`);
    const given = await findGivenByChange(db, { target, after: { planId: plan, seats }, prorated: prorate });
    await db.subscription.update({ where: { id }, data: { planId: plan, seats }, select: { id: true } });
    if (stripeSubscriptionId) {
      await callStripe(
        { db, effect, eventId },
        {
          kind: "changePlan",
          organizationId: target.id,
          objectId: id,
          parameters: { subscription: stripeSubscriptionId, planId: plan, seats, currency, prorate },
          words: `Stripe: change the plan to ${after.name}${prorate ? " and charge or give back the difference" : ""}`,
          gives: given && { ...given, staffMemberId: context.actor.id },
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

function refuse(field: "plan" | "seats", sentence: string): AppError {
  return new AppError("CONFLICT", { userMessage: sentence, details: { fields: { [`input.${field}`]: sentence } } });
}
