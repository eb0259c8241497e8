import { deletionDay, deletionDays, deletionInput, deletionInWords } from "#domain/deletion.ts";
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
  input: deletionInput,
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
