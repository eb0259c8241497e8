import { z } from "zod";
import { organizationDeletion } from "#domain/mails/registry.ts";
import { mail } from "#server/effects/mail.ts";
import { AppError } from "#server/errors.ts";
import { defineOperation } from "#server/operation.ts";
import { lockLeaving } from "#server/organization-deletion.ts";
import { ownersOf } from "#server/organization-owners.ts";
import { renewalEnd } from "#server/stripe/end-renewal.ts";

export const organizationDelete = defineOperation({
  name: "organization.delete",
  title: "Delete",
  description: "Carries out a deletion whose day has come, with the accounts of those who belong nowhere else.",
  target: "Organization",
  allowSystem: true,
  risk: "routine",
  input: z.strictObject({}),
  unavailable: (target) => (target.deletion ? null : `${target.name} is not about to be deleted.`),
  summary: ({ target }) => `Delete ${target.name} and everything in it`,
  async run({ db, target, effect }) {
    const due = await db.$queryRaw<unknown[]>`SELECT 1 FROM "ScheduledDeletion" WHERE "organizationId" = ${target.id} AND "dueAt" <= now()`;
    if (due.length === 0) throw new AppError("CONFLICT", { userMessage: "Its day has not come yet." });
    const waiting = await db.stripeCall.findFirst({ where: { organizationId: target.id, state: "pending" }, select: { id: true } });
    if (waiting) throw new AppError("CONFLICT", { userMessage: "Stripe still has to do something for it." });
    if (renewalEnd(target))
      throw new AppError("CONFLICT", { userMessage: "Stripe would go on billing it. Cancel its subscription first." });
    const leaving = await lockLeaving(db, target.id);
    const owners = await ownersOf(db, target.id);
    await db.organization.delete({ where: { id: target.id }, select: { id: true } });
    await db.user.deleteMany({ where: { id: { in: leaving.map(({ id }) => id) } } });
    const gone = new Set(leaving.map(({ email }) => email));
    const told = [...leaving, ...owners.filter(({ email }) => !gone.has(email))];
    for (const { email, name } of told) {
      const data = { stage: "done" as const, organizationName: target.name, accountDeleted: gone.has(email) };
      effect(mail(organizationDeletion, { to: { email, name }, data }));
    }
  },
});
