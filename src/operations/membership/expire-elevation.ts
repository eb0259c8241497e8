import { z } from "zod";
import { elevationEnded } from "#domain/mails/elevation-ended.ts";
import { elevationOf } from "#domain/memberships.ts";
import { mail } from "#server/effects/mail.ts";
import { defineOperation } from "#server/operation.ts";

export const membershipExpireElevation = defineOperation({
  name: "membership.expireElevation",
  title: "Note that a lent role has ended",
  description: "Its time has passed, so it does not count any more; this clears it away and tells its holder.",
  target: "Membership",
  allowSystem: true,
  risk: "routine",
  input: z.strictObject({}),
  unavailable: (target) => {
    if (!target.elevatedRole) return `${target.user.name} has no lent role.`;
    return elevationOf(target) ? `The role lent to ${target.user.name} has not ended yet.` : null;
  },
  summary: ({ target }) => `The ${target.elevatedRole} role lent to ${target.user.name} in ${target.organization.name} has ended`,
  async run({ db, target, effect }) {
    await db.membership.update({ where: { id: target.id }, data: { elevatedRole: null, elevatedUntil: null }, select: { id: true } });
    effect(mail(elevationEnded, { to: target.user, data: { organizationName: target.organization.name, role: target.role } }));
  },
});
