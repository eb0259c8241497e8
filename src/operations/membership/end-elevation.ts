import { z } from "zod";
import { elevationEnded } from "#domain/mails/elevation-ended.ts";
import { elevationOf } from "#domain/memberships.ts";
import { mail } from "#server/effects/mail.ts";
import { requireMayTouch } from "#server/membership-rules.ts";
import { defineOperation } from "#server/operation.ts";

export const membershipEndElevation = defineOperation({
  name: "membership.endElevation",
  title: "End the lent role",
  description: "The role for good counts again from the next request on.",
  target: "Membership",
  allow: { operations: true },
  allowCustomer: { owner: true, self: true },
  risk: "routine",
  input: z.strictObject({}),
  unavailable: (target) => (elevationOf(target) ? null : `${target.user.name} has no lent role.`),
  summary: ({ target }) => `End the lent role of ${target.user.name} in ${target.organization.name}`,
  consequences: ({ target }) => [`${target.user.name} is ${target.role} again from the next request on.`],
  async run({ db, target, context, effect }) {
    if (context.actor.id !== target.userId) await requireMayTouch(db, { context, target });
    await db.membership.update({ where: { id: target.id }, data: { elevatedRole: null, elevatedUntil: null }, select: { id: true } });
    effect(mail(elevationEnded, { to: target.user, data: { organizationName: target.organization.name, role: target.role } }));
  },
});
