import { z } from "zod";
import { organizationClosure } from "#domain/mails/registry.ts";
import { mail } from "#server/effects/mail.ts";
import { defineOperation } from "#server/operation.ts";
import { ownersOf } from "#server/organization-owners.ts";
import { describeRenewalEnd, endRenewal } from "#server/stripe/end-renewal.ts";

/** Not for owners themselves: it would lock out the one who did it. */
export const organizationDeactivate = defineOperation({
  name: "organization.deactivate",
  title: "Deactivate",
  description: "Closes it by the customer's own wish: nobody signs in, pings are refused, nothing is deleted.",
  target: "Organization",
  allow: { operations: true },
  risk: "risky",
  input: z.strictObject({}),
  unavailable: (target) => (target.deactivation ? `${target.name} is deactivated already.` : null),
  inverse: () => ({ operation: "organization.reactivate" }),
  summary: ({ target }) => `Deactivate ${target.name}`,
  consequences: ({ target }) => [
    `Nobody can use ${target.name} from the next request on, its owners included: only staff open it again.`,
    "Its monitors' pings are refused.",
    ...describeRenewalEnd(target),
  ],
  async run({ db, target, reason, eventId, effect }) {
    await db.deactivation.create({ data: { organizationId: target.id, reason: reason ?? "" }, select: { id: true } });
    await endRenewal({ db, effect, eventId }, target);
    const data = { organizationName: target.name, change: "deactivated" as const };
    for (const to of await ownersOf(db, target.id)) effect(mail(organizationClosure, { to, data }));
  },
});
