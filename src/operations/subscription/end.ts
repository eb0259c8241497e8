import { z } from "zod";
import { subscriptionChanged } from "#domain/mails/subscription-changed.ts";
import { mail } from "#server/effects/mail.ts";
import { AppError } from "#server/errors.ts";
import { defineOperation } from "#server/operation.ts";
import { ownersOf } from "#server/organization-owners.ts";

/** Of those that Stripe bills, Stripe says when they have ended. */
export const subscriptionEnd = defineOperation({
  name: "subscription.end",
  title: "End the subscription",
  description: "Carries out a cancellation whose day has come, where Stripe does not know the subscription.",
  target: "Organization",
  allowSystem: true,
  risk: "routine",
  input: z.strictObject({}),
  unavailable: ({ name, subscription }) =>
    subscription?.cancelAt && !subscription.stripeSubscriptionId && subscription.status !== "canceled"
      ? null
      : `${name} has no cancelled subscription that is ours to end.`,
  summary: ({ target }) => `End the subscription of ${target.name}`,
  async run({ db, target, effect }) {
    const ended = await db.$executeRaw`
      UPDATE "Subscription" SET "status" = 'canceled', "canceledAt" = now() WHERE "organizationId" = ${target.id} AND "cancelAt" <= now()`;
    if (ended === 0) throw new AppError("CONFLICT", { userMessage: "Its day has not come yet." });
    const sentences = [`The subscription of ${target.name} has ended, as it was cancelled. Nothing is deleted.`];
    const data = { organizationName: target.name, slug: target.slug, change: "canceled" as const, sentences };
    for (const owner of await ownersOf(db, target.id)) effect(mail(subscriptionChanged, { to: owner, data }));
  },
});
