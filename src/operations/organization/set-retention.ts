import { z } from "zod";
import { plural } from "#lib/text.ts";
import { AppError } from "#server/errors.ts";
import { pingsBefore } from "#server/monitors/pings-before.ts";
import { defineOperation } from "#server/operation.ts";

export const organizationSetRetention = defineOperation({
  name: "organization.setRetention",
  title: "Set retention",
  description: "Keeps pings for a shorter time than the plan allows.",
  target: "Organization",
  allow: { operations: true },
  risk: "risky",
  bulk: true,
  input: z.strictObject({
    days: z
      .int("Enter a whole number of days.")
      .min(1, "At least 1 day.")
      .max(3_650, "At most 3,650 days.")
      .optional()
      .meta({ title: "Days", help: "Empty for as long as the plan says; never longer than that" }),
  }),
  defaults: (target) => (target.retentionDays === null ? {} : { days: target.retentionDays }),
  inverse: ({ changes }) => ({ operation: "organization.setRetention", input: { days: changes[0]?.before?.retentionDays } }),
  summary: ({ target, input }) =>
    `Keep the pings of ${target.name} for ${input.days ? plural(input.days, "day") : "as long as the plan says"}`,
  async consequences({ target, input, db }) {
    if (!input.days) return ["What was deleted stays deleted."];
    const before = new Date(Date.now() - input.days * 86_400_000);
    return [`${await pingsBefore(db, { organizationId: target.id, before })} are older than that now: the worker deletes them for good.`];
  },
  async run({ db, target, input }) {
    const retentionDays = input.days ?? null;
    if (retentionDays === target.retentionDays) throw new AppError("CONFLICT", { userMessage: "They are kept that long already." });
    await db.organization.update({ where: { id: target.id }, data: { retentionDays }, select: { id: true } });
  },
});
