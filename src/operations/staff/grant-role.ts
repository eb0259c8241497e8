import { z } from "zod";
import { staffRoleNames } from "#domain/roles.ts";
import { AppError } from "#server/errors.ts";
import { defineOperation } from "#server/operation.ts";

export const staffGrantRole = defineOperation({
  name: "staff.grantRole",
  title: "Grant role",
  description: "A role beside those that come from the identity provider's groups.",
  target: "StaffMember",
  allow: { admin: true },
  risk: "critical",
  input: z.strictObject({ role: z.enum(staffRoleNames).meta({ title: "Role" }) }),
  summary: ({ target, input }) => `Grant the role ${input.role} to ${target.name}`,
  consequences: ({ target }) => [`${target.name} can use it from the next request on.`],
  async run({ db, target, input, context }) {
    if (context.actor.id === target.id)
      throw new AppError("FORBIDDEN", { userMessage: "Nobody grants a role to themselves. Ask another admin." });
    if (target.roleGrants.some(({ role }) => role === input.role))
      throw new AppError("CONFLICT", { userMessage: `${target.name} has this role already.` });
    await db.staffRoleGrant.create({ data: { staffMemberId: target.id, role: input.role }, select: { id: true } });
  },
});
