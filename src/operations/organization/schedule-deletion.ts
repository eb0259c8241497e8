import { z } from "zod";
import { deletionDay, deletionDays, deletionInWords } from "#domain/deletion.ts";
import { formatDay } from "#lib/format-time.ts";
import { defineOperation } from "#server/operation.ts";
import { findDeletionFacts, scheduleDeletion } from "#server/organization-deletion.ts";
import { describeRenewalEnd } from "#server/stripe/end-renewal.ts";

export const organizationScheduleDeletion = defineOperation({
  name: "organization.scheduleDeletion",
  title: "Schedule deletion",
  description: "Deletes it with everything in it on a day, unless it is restored before.",
  target: "Organization",
  allow: { operations: true },
  risk: "critical",
  bulk: true,
  ticket: "required",
  input: z.strictObject({
    days: z
      .int("Enter a whole number of days.")
      .min(deletionDays.min, `At least ${deletionDays.min} day.`)
      .max(deletionDays.max, `At most ${deletionDays.max} days.`)
      .meta({ title: "Days from now", help: "Until then it can be restored" }),
    endSubscription: z
      .boolean()
      .default(false)
      .meta({ title: "End the subscription too", help: "Needed while a subscription is being paid for" }),
  }),
  defaults: () => ({ days: deletionDays.usual }),
  unavailable: (target) => (target.deletion ? `It is to be deleted on ${formatDay(target.deletion.dueAt)} already.` : null),
  inverse: () => ({ operation: "organization.restore" }),
  summary: ({ target, input }) => `Delete ${target.name} on ${formatDay(deletionDay(input))}`,
  consequences: async ({ target, input, db }) => [
    ...deletionInWords(target.name, deletionDay(input), await findDeletionFacts(db, target.id)),
    ...describeRenewalEnd(target),
  ],
  run: ({ reason, ...run }) => scheduleDeletion({ ...run, reason: reason ?? "" }),
});
