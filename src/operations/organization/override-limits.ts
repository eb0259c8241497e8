import { z } from "zod";
import { limitFields } from "#domain/limits.ts";
import { AppError } from "#server/errors.ts";
import { defineOperation } from "#server/operation.ts";

const names = Object.keys(limitFields) as (keyof typeof limitFields)[];

export const organizationOverrideLimits = defineOperation({
  name: "organization.overrideLimits",
  title: "Give limits of its own",
  description: "Limits of this customer alone, whatever its plan is. What is left empty is as the plan says.",
  target: "Organization",
  allow: { operations: true },
  risk: "risky",
  input: z.strictObject({
    monitors: limitFields.monitors.optional().meta({ title: "Monitors" }),
    pingsPerMinute: limitFields.pingsPerMinute.optional().meta({ title: "Pings in a minute" }),
    historyDays: limitFields.historyDays.optional().meta({ title: "Days of history" }),
    apiPerMinute: limitFields.apiPerMinute.optional().meta({ title: "API requests in a minute" }),
  }),
  defaults: ({ limitOverride }) =>
    Object.fromEntries(names.flatMap((name) => (limitOverride?.[name] == null ? [] : [[name, limitOverride[name]]]))),
  inverse({ changes }) {
    const before = changes[0]?.before;
    return before ? { operation: "organization.overrideLimits", input: before } : { operation: "organization.clearLimitOverride" };
  },
  summary({ target, input }) {
    const words = names.map(
      (name) => `${(limitFields[name].meta()?.title ?? name).toLowerCase()} ${input[name]?.toLocaleString("en-GB") ?? "as the plan"}`,
    );
    return `Give ${target.name} limits of its own: ${words.join(", ")}`;
  },
  consequences: () => [
    "They count from the next request on. Nobody loses what they have, but may not add to it above a limit.",
    "History that is older than the limit is deleted by the worker.",
  ],
  async run({ db, target, input }) {
    const limits = Object.fromEntries(names.map((name) => [name, input[name] ?? null]));
    if (names.every((name) => limits[name] === null)) {
      throw new AppError("CONFLICT", { userMessage: "Enter at least one limit." });
    }
    if (names.every((name) => limits[name] === (target.limitOverride?.[name] ?? null))) {
      throw new AppError("CONFLICT", { userMessage: "These are its limits already." });
    }
    const { id: organizationId } = target;
    await db.limitOverride.upsert({
      where: { organizationId },
      create: { organizationId, ...limits },
      update: limits,
      select: { id: true },
    });
  },
});
