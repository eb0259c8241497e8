import { z } from "zod";
import { consentDurationNames, consentDurations, standingOf, standingWords } from "#domain/support-access.ts";
import { AppError } from "#server/errors.ts";
import { defineOperation } from "#server/operation.ts";

export const accessRequestAllow = defineOperation({
  name: "accessRequest.allow",
  title: "Allow access",
  description: "Lets this one member of our staff view the organization as this one person, for as long as you say.",
  target: "AccessRequest",
  allowCustomer: { owner: true, admin: true },
  risk: "routine",
  input: z.strictObject({ duration: z.enum(consentDurationNames).meta({ title: "For how long" }) }),
  unavailable(target) {
    const standing = standingOf(target);
    return standing === "pending" ? null : `This cannot be allowed any more: it ${standingWords[standing]}.`;
  },
  summary: ({ target, input }) =>
    `Allow ${target.staffLabel} to view ${target.organization.name} as ${target.user.name} ${consentDurations[input.duration].title}`,
  async run({ db, target, input, context }) {
    const { hours } = consentDurations[input.duration];
    // The clock of the database decides; the sentence above went by ours.
    const allowed = await db.$executeRaw`
      UPDATE "AccessRequest" SET "state" = 'allowed', "answeredByLabel" = ${context.actor.label}, "answeredAt" = now(),
        "allowedUntil" = now() + make_interval(hours => ${hours}::int)
      WHERE "id" = ${target.id} AND "state" = 'pending' AND "expiresAt" > clock_timestamp()`;
    if (allowed === 0) throw new AppError("CONFLICT", { userMessage: "This was answered already, or not in time." });
  },
});
