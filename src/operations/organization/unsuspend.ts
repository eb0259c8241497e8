import { z } from "zod";
import { organizationClosure } from "#domain/mails/registry.ts";
import { mail } from "#server/effects/mail.ts";
import { defineOperation } from "#server/operation.ts";
import { ownersOf } from "#server/organization-owners.ts";

export const organizationUnsuspend = defineOperation({
  name: "organization.unsuspend",
  title: "Unsuspend",
  description: "Lets its people in and takes its pings again.",
  target: "Organization",
  allow: { operations: true },
  risk: "risky",
  bulk: true,
  ticket: "required",
  input: z.strictObject({}),
  unavailable: (target) => (target.suspension ? null : `${target.name} is not suspended.`),
  inverse: () => ({ operation: "organization.suspend" }),
  summary: ({ target }) => `Unsuspend ${target.name}`,
  consequences: ({ target }) => [
    target.deactivation
      ? "It stays closed, because it is deactivated as well."
      : "People can sign in again at once; sessions that have not expired work again.",
  ],
  async run({ db, target, effect }) {
    await db.suspension.delete({ where: { organizationId: target.id }, select: { id: true } });
    const data = { organizationName: target.name, change: "unsuspended" as const };
    for (const to of target.deactivation ? [] : await ownersOf(db, target.id)) effect(mail(organizationClosure, { to, data }));
  },
});
