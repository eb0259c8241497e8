import { z } from "zod";
import { discountCodes, discounts, mostPercentAlone } from "#domain/discounts.ts";
import { subscriptionChanged } from "#domain/mails/subscription-changed.ts";
import { periodPrice } from "#domain/plan-change.ts";
import { formatMoney } from "#lib/money.ts";
import { findBillingPeriod } from "#server/billing-period.ts";
import { mail } from "#server/effects/mail.ts";
import { AppError } from "#server/errors.ts";
import { defineOperation } from "#server/operation.ts";
import { ownersOf } from "#server/organization-owners.ts";
import { requireSubscription, whyNotRunning } from "#server/stripe/billed.ts";
import { callStripe } from "#server/stripe/call-stripe.ts";

const labels = Object.fromEntries(discountCodes.map((code) => [code, `${code}: ${discounts[code]} % off`]));

export const subscriptionApplyDiscount = defineOperation({
  name: "subscription.applyDiscount",
  title: "Apply a discount code",
  description: "Takes some percent off every invoice from the next one on; it replaces the code in force.",
  target: "Organization",
  allow: { billing: true },
  risk: "risky",
  ticket: "required",
  input: z.strictObject({ code: z.enum(discountCodes, "There is no such code.").meta({ title: "Code", labels }) }),
  limit: ({ input, roles }) =>
    discounts[input.code] > mostPercentAlone && !roles.includes("operations")
      ? `You may take at most ${mostPercentAlone} % off. Operations may take more.`
      : null,
  unavailable: whyNotRunning,
  inverse({ changes }) {
    const before = changes.find(({ tableName }) => tableName === "Subscription")?.before?.discountCode;
    return before ? { operation: "subscription.applyDiscount", input: { code: before } } : null;
  },
  summary: ({ target, input }) => `Apply the discount code ${input.code} (${discounts[input.code]} %) to ${target.name}`,
  async consequences({ target, input, db }) {
    const subscription = requireSubscription(target);
    const { discountCode, discountPercent, currency } = subscription;
    const period = await findBillingPeriod(db, { organizationId: target.id, endsAt: subscription.currentPeriodEndsAt });
    const price = (percent: number | null) => formatMoney(periodPrice({ ...subscription, discountPercent: percent }, period), currency);
    return [
      `From the next invoice on a period costs ${price(discounts[input.code])}; now it is ${price(discountPercent)}.`,
      ...(discountCode ? [`It replaces ${discountCode}, which takes ${discountPercent} % off.`] : []),
    ];
  },
  async run({ db, target, input: { code }, eventId, effect }) {
    const { id, discountCode, stripeSubscriptionId } = requireSubscription(target);
    if (discountCode === code) {
      const sentence = "This code is in force already.";
      throw new AppError("CONFLICT", { userMessage: sentence, details: { fields: { "input.code": sentence } } });
    }
    await db.subscription.update({
      where: { id },
      data: { discountCode: code, discountPercent: discounts[code] },
      select: { id: true },
    });
    if (stripeSubscriptionId) {
      await callStripe(
        { db, effect, eventId },
        {
          kind: "applyDiscount",
          organizationId: target.id,
          objectId: id,
          parameters: { subscription: stripeSubscriptionId, code },
          words: `Stripe: apply the code ${code}`,
        },
      );
    }
    const sentences = [`${discounts[code]} % are taken off the invoices of ${target.name} from the next one on (${code}).`];
    const data = { organizationName: target.name, slug: target.slug, change: "discount" as const, sentences };
    for (const owner of await ownersOf(db, target.id)) effect(mail(subscriptionChanged, { to: owner, data }));
  },
});
