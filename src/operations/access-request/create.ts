import { z } from "zod";
import { accessRequested } from "#domain/mails/access-requested.ts";
import { supportAccessChoices } from "#domain/support-access.ts";
import { mail } from "#server/effects/mail.ts";
import { AppError } from "#server/errors.ts";
import { defineOperation } from "#server/operation.ts";
import { ownersOf } from "#server/organization-owners.ts";
import { describeSupportAccess } from "#server/support-access.ts";

export const accessRequestCreate = defineOperation({
  name: "accessRequest.create",
  title: "Ask for access",
  description: "Asks a customer who wants to be asked first. An owner or admin there allows it for a limited time, or refuses.",
  target: "Membership",
  allow: { support: true },
  risk: "routine",
  ticket: "required",
  input: z.strictObject({}),
  notice: ({ target, db }) => describeSupportAccess(db, target.organizationId),
  summary: ({ target }) => `Ask to view ${target.organization.name} as ${target.user.name}`,
  consequences: () => ["They read your name, the reason and the ticket.", "Without an answer within a day it counts as refused."],
  next: () => "/admin",
  async run({ db, target, context, reason, ticket, effect }) {
    if (context.actor.type !== "staff") throw new AppError("FORBIDDEN");
    const { id: staffMemberId, label: staffLabel } = context.actor;
    const { organizationId, userId, organization, user } = target;
    const [choice] = await db.$queryRaw<{ supportAccess: keyof typeof supportAccessChoices; standing: number }[]>`
      SELECT o."supportAccess"::text AS "supportAccess", (
        SELECT count(*)::int FROM "AccessRequest" a
        WHERE a."organizationId" = o."id" AND a."userId" = ${userId} AND a."staffMemberId" = ${staffMemberId}
          AND (a."state" = 'pending' AND a."expiresAt" > clock_timestamp() OR a."state" = 'allowed' AND a."allowedUntil" > clock_timestamp())
      ) AS "standing" FROM "Organization" o WHERE o."id" = ${organizationId}`;
    if (choice?.supportAccess !== "askFirst") {
      const words = choice ? supportAccessChoices[choice.supportAccess].forStaff : "does not ask to be asked.";
      throw new AppError("CONFLICT", { userMessage: `There is nothing to ask for: ${organization.name} ${words}` });
    }
    if (choice.standing > 0) throw new AppError("CONFLICT", { userMessage: "You have asked for this already, or it is allowed." });
    await db.accessRequest.create({
      data: { organizationId, userId, staffMemberId, staffLabel, reason: reason ?? "", ticket: ticket ?? "" },
      select: { id: true },
    });
    const data = {
      organizationName: organization.name,
      slug: organization.slug,
      staffName: staffLabel,
      userName: user.name,
      reason: reason ?? "",
      ticket: ticket ?? "",
    };
    for (const owner of await ownersOf(db, organizationId)) effect(mail(accessRequested, { to: owner, data }));
  },
});
