import { z } from "zod";
import { membershipRemoved } from "#domain/mails/membership-removed.ts";
import { mail } from "#server/effects/mail.ts";
import { requireAnotherOwner, requireMayTouch } from "#server/membership-rules.ts";
import { defineOperation } from "#server/operation.ts";

export const membershipRemove = defineOperation({
  name: "membership.remove",
  title: "Remove from the organization",
  description: "This person loses their access with the next request, and their seat is free. The last owner stays.",
  target: "Membership",
  allow: { operations: true },
  allowCustomer: { owner: true, admin: { role: { in: ["admin", "member"] } } },
  risk: "risky",
  input: z.strictObject({}),
  summary: ({ target }) => `Remove ${target.user.name} from ${target.organization.name}`,
  consequences: ({ target }) => [
    `${target.user.name} reaches nothing of ${target.organization.name} from the next request on.`,
    "Their account stays, and what they made stays. They can be invited again.",
  ],
  async run({ db, target, context, effect }) {
    await requireMayTouch(db, { context, target });
    await requireAnotherOwner(db, target);
    await db.membership.delete({ where: { id: target.id }, select: { id: true } });
    effect(mail(membershipRemoved, { to: target.user, data: { organizationName: target.organization.name } }));
  },
});
