import { z } from "zod";
import { AppError } from "#server/errors.ts";
import { defineOperation } from "#server/operation.ts";

export const membershipChangeRole = defineOperation({
  name: "membership.changeRole",
  title: "Change role",
  description: "What this person may do in this organization. The last owner stays.",
  target: "Membership",
  allow: { operations: true },
  allowCustomer: { owner: true },
  risk: "risky",
  input: z.strictObject({ role: z.enum(["owner", "admin", "member"]).meta({ title: "New role" }) }),
  defaults: (target) => ({ role: target.role }),
  summary: ({ target, input }) => `Make ${target.user.name} ${input.role} of ${target.organization.name}`,
  async run({ db, target, input }) {
    if (target.role === input.role) throw new AppError("CONFLICT", { userMessage: `${target.user.name} is ${input.role} already.` });
    // All owners are locked, so that two owners who step down at the same moment cannot both succeed.
    const owners = await db.$queryRaw<
      unknown[]
    >`SELECT "id" FROM "Membership" WHERE "organizationId" = ${target.organizationId} AND "role" = 'owner' ORDER BY "id" FOR UPDATE`;
    if (target.role === "owner" && owners.length === 1)
      throw new AppError("CONFLICT", { userMessage: `${target.user.name} is the last owner. Make someone else owner first.` });
    await db.membership.update({ where: { id: target.id }, data: { role: input.role }, select: { id: true } });
  },
});
