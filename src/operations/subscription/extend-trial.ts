import { z } from "zod";
import { trialExtended } from "#domain/mails/trial-extended.ts";
import { trialEnd, trialExtensionLimits } from "#domain/organizations.ts";
import { formatDay } from "#lib/format-time.ts";
import { plural } from "#lib/text.ts";
import { mail } from "#server/effects/mail.ts";
import { defineOperation } from "#server/operation.ts";
import { ownersOf } from "#server/organization-owners.ts";
import { requireSubscription } from "#server/stripe/billed.ts";
import { callStripe } from "#server/stripe/call-stripe.ts";

export const subscriptionExtendTrial = defineOperation({
  name: "subscription.extendTrial",
  title: "Extend trial",
  description: "Moves the end of the trial to a later day.",
  target: "Organization",
  allow: { support: true, billing: true },
  risk: "risky",
  bulk: true,
  input: z.strictObject({
    days: z
      .int("Enter a whole number of days.")
      .min(1, "At least 1 day.")
      .max(90, "At most 90 days.")
      .meta({ title: "Days", help: "Counted from the current end, or from today if it has passed" }),
  }),
  limit({ input, roles }) {
    const { support, billing, admin } = trialExtensionLimits;
    const most = roles.includes("admin") ? admin : roles.includes("billing") ? billing : support;
    return input.days > most
      ? `You may extend a trial by at most ${plural(most, "day")}. Billing may by ${billing}, an admin by ${admin}.`
      : null;
  },
  unavailable: (target) => (target.subscription?.status === "trialing" ? null : `${target.name} is not in a trial.`),
  summary: ({ target, input }) => `Extend the trial of ${target.name} by ${plural(input.days, "day")}`,
  async run({ db, target, input, eventId, effect }) {
    const { id, trialEndsAt: from, stripeSubscriptionId } = requireSubscription(target);
    const trialEndsAt = trialEnd({ from, days: input.days });
    await db.subscription.update({ where: { id }, data: { trialEndsAt }, select: { id: true } });
    if (stripeSubscriptionId) {
      await callStripe(
        { db, effect, eventId },
        {
          kind: "extendTrial",
          organizationId: target.id,
          objectId: id,
          parameters: { subscription: stripeSubscriptionId, trialEndsAt: trialEndsAt.toISOString() },
          words: `Stripe: bill from ${formatDay(trialEndsAt)} on`,
        },
      );
    }
    for (const owner of await ownersOf(db, target.id)) {
      effect(mail(trialExtended, { to: owner, data: { organizationName: target.name, trialEndsAt: trialEndsAt.toISOString() } }));
    }
  },
});
