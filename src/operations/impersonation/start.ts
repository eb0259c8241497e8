import { z } from "zod";
import { findShut } from "#server/closure.ts";
import { AppError } from "#server/errors.ts";
import { defineOperation } from "#server/operation.ts";
import { describeSupportAccess, requireSupportAccess } from "#server/support-access.ts";

export const impersonationStart = defineOperation({
  name: "impersonation.start",
  title: "View as this person",
  description: "Shows the product as this customer sees it, for 30 minutes, read-only. Everything is recorded under both names.",
  target: "Membership",
  allow: { support: true },
  risk: "risky",
  ticket: "required",
  input: z.strictObject({}),
  notice: ({ target, db }) => describeSupportAccess(db, target.organizationId),
  summary: ({ target }) => `View as ${target.user.name} (${target.organization.name})`,
  consequences: ({ target }) => [
    `You see what ${target.user.name} sees in ${target.organization.name}; you can change nothing.`,
    "It ends after 30 minutes, when you end it, or with your own session.",
  ],
  next: ({ impersonationId }) => `/admin/impersonations/${impersonationId}`,
  async run({ db, target, context, reason, ticket, eventId }) {
    if (context.actor.type !== "staff") throw new AppError("FORBIDDEN");
    const { id: staffMemberId, sessionId: staffSessionId } = context.actor;
    // Whatever the spelling: an identity provider's may have capitals.
    const staff = await db.$queryRaw<unknown[]>`SELECT 1 FROM "StaffMember" WHERE lower("email") = lower(${target.user.email}) LIMIT 1`;
    if (staff.length > 0) {
      throw new AppError("FORBIDDEN", { userMessage: `${target.user.name} is staff. Staff cannot be impersonated.` });
    }
    const shut = await findShut(db, target.organizationId);
    if (shut) throw new AppError("CONFLICT", { userMessage: `${target.organization.name} is ${shut}: there is nothing to see.` });
    await requireSupportAccess(db, { ...target, staffMemberId, ticket: ticket ?? "" });
    // The person's row is locked, so that two starts at the same moment, in two browsers too, cannot both find none open.
    await db.$queryRaw`SELECT 1 FROM "StaffMember" WHERE "id" = ${staffMemberId} FOR NO KEY UPDATE`;
    const open = await db.$queryRaw<
      unknown[]
    >`SELECT 1 FROM "Impersonation" WHERE "staffMemberId" = ${staffMemberId} AND "endedAt" IS NULL AND "expiresAt" > now()`;
    if (open.length > 0)
      throw new AppError("CONFLICT", {
        userMessage: "You are viewing as somebody already. End that first: it is in the list of impersonations.",
      });
    const impersonation = await db.impersonation.create({
      data: {
        staffMemberId,
        staffSessionId,
        userId: target.userId,
        organizationId: target.organizationId,
        reason: reason ?? "",
        ticket: ticket ?? "",
        startEventId: eventId,
      },
      select: { id: true },
    });
    return { impersonationId: impersonation.id };
  },
});
