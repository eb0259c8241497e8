import { z } from "zod";
import { defineOperation } from "#server/operation.ts";

export const organizationClearLimitOverride = defineOperation({
  name: "organization.clearLimitOverride",
  title: "Take its own limits away",
  description: "The limits of its plan count again.",
  target: "Organization",
  allow: { operations: true },
  risk: "risky",
  input: z.strictObject({}),
  unavailable: (target) => (target.limitOverride ? null : `${target.name} has no limits of its own.`),
  inverse({ changes }) {
    const { monitors, pingsPerMinute, historyDays, apiPerMinute } = changes[0]?.before ?? {};
    return { operation: "organization.overrideLimits", input: { monitors, pingsPerMinute, historyDays, apiPerMinute } };
  },
  summary: ({ target }) => `Give ${target.name} the limits of its plan again`,
  consequences: () => ["They count from the next request on. Nobody loses what they have, but may not add to it above a limit."],
  async run({ db, target }) {
    await db.limitOverride.delete({ where: { organizationId: target.id }, select: { id: true } });
  },
});
