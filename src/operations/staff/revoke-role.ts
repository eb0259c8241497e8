import { z } from "zod";
import { staffRoleNames } from "#domain/roles.ts";
import { AppError } from "#server/errors.ts";
import { defineOperation } from "#server/operation.ts";

export const staffRevokeRole = defineOperation({
  name: "staff.revokeRole",
  title: "Revoke role",
  description: "Takes back a role that was granted here. Roles from groups are taken back at the identity provider.",
  target: "StaffMember",
  allow: { admin: true },
  risk: "critical",
  input: z.strictObject({ role: z.enum(staffRoleNames).meta({ title: "Role" }) }),
  summary: ({ target, input }) => `Revoke the role ${input.role} of ${target.name}`,
  consequences: ({ target }) => [`${target.name} loses it at the next request, unless a group of the identity provider gives it too.`],
  async run({ db, target, input }) {
    const grant = target.roleGrants.find(({ role }) => role === input.role);
    if (!grant)
      throw new AppError("CONFLICT", {
        userMessage: `The role ${input.role} was not granted to ${target.name} here. If a group gives it, change it at the identity provider.`,
      });
    await db.staffRoleGrant.delete({ where: { id: grant.id }, select: { id: true } });
  },
});
