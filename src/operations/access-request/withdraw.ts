import { z } from "zod";
import { standingOf, standingWords } from "#domain/support-access.ts";
import { AppError } from "#server/errors.ts";
import { defineOperation } from "#server/operation.ts";
import { endUnfounded } from "#server/support-access.ts";

export const accessRequestWithdraw = defineOperation({
  name: "accessRequest.withdraw",
  title: "Withdraw a request for access",
  description: "You do not need it any more, whether or not it was allowed.",
  target: "AccessRequest",
  allow: { support: true },
  risk: "routine",
  input: z.strictObject({}),
  unavailable(target) {
    const standing = standingOf(target);
    return standing === "pending" || standing === "allowed" ? null : `There is nothing to withdraw: it ${standingWords[standing]}.`;
  },
  summary: ({ target }) => `Withdraw the request to view ${target.organization.name} as ${target.user.name}`,
  next: () => "/admin",
  async run({ db, target, context }) {
    if (context.actor.id !== target.staffMemberId) {
      throw new AppError("FORBIDDEN", { userMessage: `Only ${target.staffLabel}, who asked, withdraws this.` });
    }
    const withdrawn = await db.$executeRaw`
      UPDATE "AccessRequest" SET "state" = 'withdrawn', "allowedUntil" = NULL
      WHERE "id" = ${target.id} AND "state" IN ('pending', 'allowed')`;
    if (withdrawn === 0) throw new AppError("CONFLICT", { userMessage: "This was answered or withdrawn already." });
    return { ended: await endUnfounded(db, target.organizationId) };
  },
});
