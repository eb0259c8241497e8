import { z } from "zod";
import { memberLeft } from "#domain/mails/member-left.ts";
import { mail } from "#server/effects/mail.ts";
import { requireAnotherOwner } from "#server/membership-rules.ts";
import { defineOperation } from "#server/operation.ts";
import { ownersOf } from "#server/organization-owners.ts";

export const membershipLeave = defineOperation({
  name: "membership.leave",
  title: "Leave the organization",
  description: "You lose your access with the next request. Only an invitation brings you back.",
  target: "Membership",
  allowCustomer: { self: true },
  risk: "risky",
  input: z.strictObject({}),
  summary: ({ target }) => `${target.user.name} leaves ${target.organization.name}`,
  async run({ db, target, effect }) {
    await requireAnotherOwner(db, target);
    await db.membership.delete({ where: { id: target.id }, select: { id: true } });
    const data = { organizationName: target.organization.name, slug: target.organization.slug, personName: target.user.name };
    for (const owner of await ownersOf(db, target.organizationId)) effect(mail(memberLeft, { to: owner, data }));
  },
});
