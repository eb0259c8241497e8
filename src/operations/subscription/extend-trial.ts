import { z } from "zod";
import { trialEnd, trialExtensionLimits } from "#domain/organizations.ts";
import { plural } from "#lib/text.ts";
import { AppError } from "#server/errors.ts";
import { defineOperation } from "#server/operation.ts";

export const subscriptionExtendTrial = defineOperation({
  name: "subscription.extendTrial",
  title: "Extend trial",
  description: "Moves the end of the trial to a later day.",
  target: "Organization",
  allow: { support: true, billing: true },
  risk: "risky",
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
  summary: ({ target, input }) => `Extend the trial of ${target.name} by ${plural(input.days, "day")}`,
  async run({ db, target, input }) {
    const subscription = target.subscription;
    if (subscription?.status !== "trialing") throw new AppError("CONFLICT", { userMessage: `${target.name} is not in a trial.` });
    const trialEndsAt = trialEnd({ from: subscription.trialEndsAt, days: input.days });
    await db.subscription.update({ where: { id: subscription.id }, data: { trialEndsAt }, select: { id: true } });
  },
});
