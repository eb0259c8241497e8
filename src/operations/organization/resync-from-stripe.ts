import { z } from "zod";
import { mirrorFromStripe } from "#server/effects/mirror.ts";
import { AppError } from "#server/errors.ts";
import { defineOperation } from "#server/operation.ts";
import { describeDrifted, findDrifted, stripeValue, whyNotTaken } from "#server/stripe/drifted.ts";

export const organizationResyncFromStripe = defineOperation({
  name: "organization.resyncFromStripe",
  title: "Resync from Stripe",
  description: "Takes Stripe's values for what differs, instead of those that were decided here.",
  target: "Organization",
  allow: { billing: true },
  risk: "risky",
  input: z.strictObject({}),
  unavailable: ({ name, stripeCustomerId }) => (stripeCustomerId ? null : `${name} is not a customer at Stripe.`),
  async notice({ target, db }) {
    const drifted = await findDrifted(db, target.id);
    return drifted.length > 0 ? `${drifted.map(describeDrifted).join(". ")}.` : "Nothing differs that could be taken from Stripe.";
  },
  summary: ({ target }) => `Take Stripe's values for what differs at ${target.name}`,
  consequences: async ({ target, db }) => (await findDrifted(db, target.id)).map(describeDrifted),
  async run({ db, target, effect }) {
    const drifted = await findDrifted(db, target.id);
    if (drifted.length === 0) throw new AppError("CONFLICT", { userMessage: "Nothing differs that could be taken from Stripe." });
    const problem = await whyNotTaken(db, target.id, drifted);
    if (problem) throw new AppError("CONFLICT", { userMessage: problem });
    const valuesOf = (type: string) =>
      Object.fromEntries(drifted.filter(({ objectType }) => objectType === type).map((one) => [one.field, stripeValue(one)]));
    const [organization, subscription] = [valuesOf("Organization"), valuesOf("Subscription")];
    await requirePlan(db, subscription.planId);
    if (Object.keys(organization).length > 0)
      await db.organization.update({ where: { id: target.id }, data: organization, select: { id: true } });
    if (Object.keys(subscription).length > 0)
      await db.subscription.update({ where: { organizationId: target.id }, data: subscription, select: { id: true } });
    await db.billingDrift.deleteMany({ where: { id: { in: drifted.map(({ id }) => id) } } });
    effect(mirrorFromStripe(target.id));
  },
});

type Database = { plan: { findUnique(query: { where: { id: string }; select: { id: true } }): Promise<{ id: string } | null> } };

/** A price at Stripe may be of no plan that there is here. */
async function requirePlan(db: Database, planId: unknown): Promise<void> {
  if (typeof planId !== "string" || (await db.plan.findUnique({ where: { id: planId }, select: { id: true } }))) return;
  throw new AppError("CONFLICT", { userMessage: `At Stripe this customer pays the price “${planId}”, which is of no plan here.` });
}
