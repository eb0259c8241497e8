import { z } from "zod";
import { organizationClosure } from "#domain/mails/registry.ts";
import { formatDay } from "#lib/format-time.ts";
import { mail } from "#server/effects/mail.ts";
import { defineOperation } from "#server/operation.ts";
import { ownersOf } from "#server/organization-owners.ts";

export const organizationReactivate = defineOperation({
  name: "organization.reactivate",
  title: "Reactivate",
  description: "Opens it again, as it was when it was deactivated.",
  target: "Organization",
  allow: { operations: true },
  risk: "risky",
  input: z.strictObject({}),
  unavailable: (target) => (target.deactivation ? null : `${target.name} is not deactivated.`),
  inverse: () => ({ operation: "organization.deactivate" }),
  summary: ({ target }) => `Reactivate ${target.name}`,
  consequences: ({ target }) => [
    target.suspension
      ? "It stays closed, because it is suspended as well."
      : "People can sign in again at once; sessions that have not expired work again.",
    ...(target.subscription?.cancelAt
      ? [`Its subscription still ends on ${formatDay(target.subscription.cancelAt)}: reactivate that too where it should go on.`]
      : []),
  ],
  async run({ db, target, effect }) {
    await db.deactivation.delete({ where: { organizationId: target.id }, select: { id: true } });
    const data = { organizationName: target.name, change: "reactivated" as const };
    for (const to of target.suspension ? [] : await ownersOf(db, target.id)) effect(mail(organizationClosure, { to, data }));
  },
});
