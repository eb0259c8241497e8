import { z } from "zod";
import { organizationDeletion } from "#domain/mails/registry.ts";
import { formatDay } from "#lib/format-time.ts";
import { mail } from "#server/effects/mail.ts";
import { AppError } from "#server/errors.ts";
import { defineOperation } from "#server/operation.ts";
import { ownersOf } from "#server/organization-owners.ts";

export const organizationRemindOfDeletion = defineOperation({
  name: "organization.remindOfDeletion",
  title: "Remind of the deletion",
  description: "Tells the owners once more, some days before.",
  target: "Organization",
  allowSystem: true,
  risk: "routine",
  input: z.strictObject({}),
  unavailable: (target) => (target.deletion ? null : `${target.name} is not about to be deleted.`),
  summary: ({ target }) =>
    `Tell the owners of ${target.name} that it is deleted on ${target.deletion ? formatDay(target.deletion.dueAt) : "no day"}`,
  async run({ db, target, effect }) {
    const where = { organizationId: target.id, remindedAt: null };
    const { count } = await db.scheduledDeletion.updateMany({ where, data: { remindedAt: new Date() } });
    if (!target.deletion || count === 0) throw new AppError("CONFLICT", { userMessage: "The owners were told already." });
    const { name: organizationName, slug, deletion } = target;
    const data = { stage: "reminder" as const, organizationName, slug, dueAt: deletion.dueAt.toISOString() };
    for (const to of await ownersOf(db, target.id)) effect(mail(organizationDeletion, { to, data }));
  },
});
