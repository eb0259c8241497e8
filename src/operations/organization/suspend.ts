import { z } from "zod";
import { organizationClosure } from "#domain/mails/registry.ts";
import { mail } from "#server/effects/mail.ts";
import { defineOperation } from "#server/operation.ts";
import { ownersOf } from "#server/organization-owners.ts";

export const organizationSuspend = defineOperation({
  name: "organization.suspend",
  title: "Suspend",
  description: "Refuses its people and its monitors' pings until it is unsuspended. Nothing is deleted.",
  target: "Organization",
  allow: { operations: true },
  risk: "risky",
  bulk: true,
  ticket: "required",
  input: z.strictObject({}),
  unavailable: (target) => (target.suspension ? `${target.name} is suspended already.` : null),
  inverse: () => ({ operation: "organization.unsuspend" }),
  summary: ({ target }) => `Suspend ${target.name}`,
  consequences: ({ target }) => [`Nobody can use ${target.name} from the next request on.`, "Its monitors' pings are refused."],
  async run({ db, target, reason, ticket, effect }) {
    await db.suspension.create({ data: { organizationId: target.id, reason: reason ?? "", ticket: ticket ?? "" }, select: { id: true } });
    const data = { organizationName: target.name, change: "suspended" as const };
    for (const to of await ownersOf(db, target.id)) effect(mail(organizationClosure, { to, data }));
  },
});
