import { z } from "zod";
import { standingOf, standingWords } from "#domain/support-access.ts";
import { AppError } from "#server/errors.ts";
import { defineOperation } from "#server/operation.ts";
import { endUnfounded } from "#server/support-access.ts";

export const accessRequestRefuse = defineOperation({
  name: "accessRequest.refuse",
  title: "Refuse access",
  description: "Says no, or takes back what was allowed: what is open because of it ends at once.",
  target: "AccessRequest",
  allowCustomer: { owner: true, admin: true },
  risk: "routine",
  input: z.strictObject({}),
  unavailable(target) {
    const standing = standingOf(target);
    return standing === "pending" || standing === "allowed" ? null : `There is nothing to refuse: it ${standingWords[standing]}.`;
  },
  summary: ({ target }) => `Refuse that ${target.staffLabel} views ${target.organization.name} as ${target.user.name}`,
  async run({ db, target, context }) {
    const refused = await db.$executeRaw`
      UPDATE "AccessRequest" SET "state" = 'refused', "answeredByLabel" = ${context.actor.label}, "answeredAt" = now(), "allowedUntil" = NULL
      WHERE "id" = ${target.id} AND "state" IN ('pending', 'allowed')`;
    if (refused === 0) throw new AppError("CONFLICT", { userMessage: "This was answered or withdrawn already." });
    return { ended: await endUnfounded(db, target.organizationId) };
  },
});
