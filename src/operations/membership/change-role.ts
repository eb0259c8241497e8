import { z } from "zod";
import { roleChanged } from "#domain/mails/role-changed.ts";
import { elevationOf, organizationRoles } from "#domain/memberships.ts";
import { mail } from "#server/effects/mail.ts";
import { AppError } from "#server/errors.ts";
import { requireAnotherOwner, requireMayGive, requireMayTouch } from "#server/membership-rules.ts";
import { defineOperation } from "#server/operation.ts";

export const membershipChangeRole = defineOperation({
  name: "membership.changeRole",
  title: "Change role",
  description: "What this person may do in this organization, for good. The last owner stays.",
  target: "Membership",
  allow: { operations: true },
  allowCustomer: { owner: true, admin: { role: { in: ["admin", "member"] } } },
  risk: "risky",
  input: z.strictObject({ role: z.enum(organizationRoles).meta({ title: "New role" }) }),
  defaults: (target) => ({ role: target.role }),
  inverse({ changes }) {
    const before = changes.find(({ tableName }) => tableName === "Membership")?.before?.role;
    return before ? { operation: "membership.changeRole", input: { role: before } } : null;
  },
  summary: ({ target, input }) => `Make ${target.user.name} ${input.role} of ${target.organization.name}`,
  consequences: ({ target }) => (elevationOf(target) ? ["The higher role that was lent ends with this."] : []),
  async run({ db, target, input, context, effect }) {
    if (target.role === input.role) throw new AppError("CONFLICT", { userMessage: `${target.user.name} is ${input.role} already.` });
    await requireMayTouch(db, { context, target });
    await requireMayGive(db, { context, organizationId: target.organizationId, role: input.role });
    await requireAnotherOwner(db, target);
    await db.membership.update({
      where: { id: target.id },
      data: { role: input.role, elevatedRole: null, elevatedUntil: null },
      select: { id: true },
    });
    effect(mail(roleChanged, { to: target.user, data: { organizationName: target.organization.name, role: input.role } }));
  },
});
