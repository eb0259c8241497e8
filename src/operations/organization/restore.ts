import { z } from "zod";
import { organizationDeletion } from "#domain/mails/registry.ts";
import { formatDay } from "#lib/format-time.ts";
import { mail } from "#server/effects/mail.ts";
import { AppError } from "#server/errors.ts";
import { defineOperation } from "#server/operation.ts";
import { ownersOf } from "#server/organization-owners.ts";

export const organizationRestore = defineOperation({
  name: "organization.restore",
  title: "Call off the deletion",
  description: "Keeps an organization that was to be deleted. Nothing was lost yet.",
  target: "Organization",
  allow: { operations: true },
  allowCustomer: { owner: true },
  risk: "routine",
  bulk: true,
  input: z.strictObject({}),
  unavailable: (target) => (target.deletion ? null : `${target.name} is not about to be deleted.`),
  summary: ({ target }) => `Keep ${target.name}, which was to be deleted`,
  consequences: ({ target }) =>
    target.subscription?.cancelAt
      ? [`Its subscription still ends on ${formatDay(target.subscription.cancelAt)}: reactivate that too where it should go on.`]
      : [],
  async run({ db, target, effect }) {
    // From its day on the worker may have begun to delete what is no audited row.
    const kept = await db.$executeRaw`DELETE FROM "ScheduledDeletion" WHERE "organizationId" = ${target.id} AND "dueAt" > now()`;
    if (kept === 0) throw new AppError("CONFLICT", { userMessage: "Its day has come: it is being deleted." });
    const data = { stage: "restored" as const, organizationName: target.name, slug: target.slug };
    for (const to of await ownersOf(db, target.id)) effect(mail(organizationDeletion, { to, data }));
  },
});
