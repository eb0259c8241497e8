import { z } from "zod";
import { defineOperation } from "#server/operation.ts";

const counters = { apiRequests: "API requests this minute", pings: "Pings this minute" } as const;

export const organizationResetUsage = defineOperation({
  name: "organization.resetUsage",
  title: "Reset a usage counter",
  description: "Sets a counter of the current minute back to 0, so that a customer at its limit can go on.",
  target: "Organization",
  allow: { support: true, billing: true },
  risk: "routine",
  input: z.strictObject({
    counter: z.enum(["apiRequests", "pings"], "Choose a counter.").meta({ title: "Counter", labels: counters }),
  }),
  unavailable: (target) => (target.subscription ? null : `${target.name} has no subscription, and so no limits.`),
  summary: ({ target, input }) => `Reset “${counters[input.counter]}” of ${target.name}`,
  consequences: () => ["It counts from 0 again for the rest of this minute. The limit itself stays."],
  async run({ db, target, input }) {
    if (input.counter === "apiRequests") await db.$executeRaw`UPDATE "ApiUsage" SET "requests" = 0 WHERE "id" = ${target.id}`;
    else await db.$executeRaw`UPDATE "Monitor" SET "pingsInMinute" = 0 WHERE "organizationId" = ${target.id} AND "pingsInMinute" > 0`;
  },
});
