import { z } from "zod";
import { describeCancellation, periodEnd } from "#domain/cancellation.ts";
import { subscriptionChanged } from "#domain/mails/subscription-changed.ts";
import { formatDay } from "#lib/format-time.ts";
import { mail } from "#server/effects/mail.ts";
import { AppError } from "#server/errors.ts";
import { defineOperation } from "#server/operation.ts";
import { ownersOf } from "#server/organization-owners.ts";
import { requireSubscription } from "#server/stripe/billed.ts";
import { callStripe } from "#server/stripe/call-stripe.ts";
import type { TargetRow } from "#server/targets.ts";

type When = "now" | "periodEnd";
const words = { now: "at once", periodEnd: "at the end of what is paid for" } as const satisfies Record<When, string>;

export const subscriptionCancel = defineOperation({
  name: "subscription.cancel",
  title: "Cancel the subscription",
  description: "Ends it, at once or when what is paid for is over.",
  target: "Organization",
  allow: { billing: true },
  risk: "risky",
  ticket: "required",
  input: z.strictObject({
    when: z.enum(["periodEnd", "now"], "Choose when.").meta({ title: "When", labels: words }),
  }),
  unavailable({ name, subscription }) {
    if (!subscription) return `${name} has no subscription.`;
    return subscription.status === "canceled" ? `The subscription of ${name} has ended already.` : null;
  },
  inverse: () => ({ operation: "subscription.reactivate" }),
  async phrase({ target, db }) {
    const owner = await db.membership.findFirst({
      where: { organizationId: target.id, role: "owner" },
      orderBy: { id: "asc" },
      select: { user: { select: { id: true, email: true } } },
    });
    return owner && { words: owner.user.email, belongsTo: owner.user.id };
  },
  summary: ({ target, input }) => `Cancel the subscription of ${target.name} ${words[input.when]}`,
  async consequences({ target, input, db }) {
    const { id: organizationId } = target;
    const { planId } = requireSubscription(target);
    const plan = await db.plan.findUniqueOrThrow({ where: { id: planId }, select: { name: true } });
    const open = await db.invoice.findMany({
      where: { organizationId, status: "open" },
      select: { amountDue: true, amountPaid: true, currency: true },
      orderBy: { issuedAt: "asc" },
    });
    return describeCancellation({
      planName: plan.name,
      endsAt: input.when === "now" ? null : endOf(target),
      apiKeys: await db.apiKey.count({ where: { organizationId, revokedAt: null } }),
      owners: (await ownersOf(db, organizationId)).length,
      members: await db.membership.count({ where: { organizationId } }),
      open: open.map(({ amountDue, amountPaid, currency }) => ({ amount: amountDue - amountPaid, currency })),
    });
  },
  async run({ db, target, input, eventId, effect }) {
    const { id, stripeSubscriptionId, cancelAt } = requireSubscription(target);
    const endsAt = input.when === "now" ? null : endOf(target);
    if (endsAt && cancelAt?.getTime() === endsAt.getTime()) throw refuse(`It ends on ${formatDay(endsAt)} already.`);
    const data = endsAt ? { cancelAt: endsAt } : { status: "canceled" as const, canceledAt: new Date(), cancelAt: null };
    await db.subscription.update({ where: { id }, data, select: { id: true } });
    if (stripeSubscriptionId) {
      await callStripe(
        { db, effect, eventId },
        {
          kind: "cancel",
          organizationId: target.id,
          objectId: id,
          parameters: { subscription: stripeSubscriptionId, when: input.when },
          words: `Stripe: cancel the subscription ${words[input.when]}`,
        },
      );
    }
    const sentences = [
      endsAt
        ? `The subscription of ${target.name} ends on ${formatDay(endsAt)}. Until then everything works as before.`
        : `The subscription of ${target.name} has ended.`,
      "Nothing is deleted: people can still sign in, read and export. API keys are refused once it has ended.",
    ];
    const letter = { organizationName: target.name, slug: target.slug, change: "canceled" as const, sentences };
    for (const owner of await ownersOf(db, target.id)) effect(mail(subscriptionChanged, { to: owner, data: letter }));
  },
});

/** Throws at the field where there is no end to wait for. */
function endOf(target: TargetRow<"Organization">): Date {
  const end = periodEnd(requireSubscription(target));
  if (!end || end <= new Date()) throw refuse("No period is being paid for: cancel it at once.");
  return end;
}

function refuse(sentence: string): AppError {
  return new AppError("CONFLICT", { userMessage: sentence, details: { fields: { "input.when": sentence } } });
}
