import { deletionDay, deletionInput, deletionInWords } from "#domain/deletion.ts";
import { formatDay } from "#lib/format-time.ts";
import { defineOperation } from "#server/operation.ts";
import { findDeletionFacts, scheduleDeletion } from "#server/organization-deletion.ts";
import { describeRenewalEnd } from "#server/stripe/end-renewal.ts";

/** What staff do as `organization.scheduleDeletion`, by those whose organization it is. */
export const organizationRequestDeletion = defineOperation({
  name: "organization.requestDeletion",
  title: "Delete this organization",
  description: "Deletes it with everything in it on a day, unless it is restored before.",
  target: "Organization",
  allowCustomer: { owner: true },
  risk: "risky",
  input: deletionInput,
  unavailable: (target) => (target.deletion ? `It is to be deleted on ${formatDay(target.deletion.dueAt)} already.` : null),
  summary: ({ target, input }) => `Delete ${target.name} on ${formatDay(deletionDay(input))}`,
  consequences: async ({ target, input, db }) => [
    ...deletionInWords(target.name, deletionDay(input), await findDeletionFacts(db, target.id)),
    ...describeRenewalEnd(target),
  ],
  run: (run) => scheduleDeletion({ ...run, reason: "Asked for by an owner" }),
});
