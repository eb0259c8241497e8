import { z } from "zod";
import { periodEnd } from "#domain/cancellation.ts";
import { subscriptionChanged } from "#domain/mails/subscription-changed.ts";
import { formatDay } from "#lib/format-time.ts";
import { mail } from "#server/effects/mail.ts";
import { defineOperation } from "#server/operation.ts";
import { ownersOf } from "#server/organization-owners.ts";
import { requireSubscription } from "#server/stripe/billed.ts";
import { callStripe } from "#server/stripe/call-stripe.ts";

export const subscriptionReactivate = defineOperation({
  name: "subscription.reactivate",
  title: "Reactivate the subscription",
  description: "Calls off a cancellation, or begins a subscription that has ended anew.",
  target: "Organization",
  allow: { billing: true },
  risk: "risky",
  input: z.strictObject({}),
  unavailable({ name, subscription, deletion }) {
    if (!subscription) return `${name} has no subscription.`;
    if (deletion) return `${name} is to be deleted on ${formatDay(deletion.dueAt)}. Call that off first.`;
    return subscription.status === "canceled" || subscription.cancelAt ? null : `The subscription of ${name} is not cancelled.`;
  },
  inverse: () => ({ operation: "subscription.cancel" }),
  summary: ({ target }) => `Reactivate the subscription of ${target.name}`,
  consequences({ target }) {
    const subscription = requireSubscription(target);
    const end = periodEnd(subscription);
    const next = end && end > new Date() ? formatDay(end) : null;
    if (subscription.status === "canceled")
      return [
        "A new period begins now and is billed at once, with the same plan, seats and discount.",
        "API keys that were not revoked work again.",
      ];
    return [next ? `It goes on after ${next} and is billed then.` : "It goes on and is billed as before."];
  },
  async run({ db, target, eventId, effect }) {
    const { id, status, stripeSubscriptionId, discountCode } = requireSubscription(target);
    const data = status === "canceled" ? { status: "active" as const, canceledAt: null, cancelAt: null } : { cancelAt: null };
    await db.subscription.update({ where: { id }, data, select: { id: true } });
    if (stripeSubscriptionId) {
      await callStripe(
        { db, effect, eventId },
        {
          kind: "reactivate",
          organizationId: target.id,
          objectId: id,
          parameters: { subscription: stripeSubscriptionId, ...(status === "canceled" && { discountCode }) },
          words: status === "canceled" ? "Stripe: begin the subscription anew" : "Stripe: call off the cancellation",
        },
      );
    }
    const sentences = [`The subscription of ${target.name} is not cancelled any more: it goes on with the same plan and seats.`];
    const letter = { organizationName: target.name, slug: target.slug, change: "reactivated" as const, sentences };
    for (const owner of await ownersOf(db, target.id)) effect(mail(subscriptionChanged, { to: owner, data: letter }));
  },
});
