import { z } from "zod";
import { shutKind } from "#domain/closures.ts";
import { invitation } from "#domain/mails/invitation.ts";
import { aRole, organizationRoles } from "#domain/memberships.ts";
import { email, plural } from "#lib/text.ts";
import { mail } from "#server/effects/mail.ts";
import { AppError } from "#server/errors.ts";
import { invitedPerson, inviterLabel, requireNotYetIn } from "#server/invitations.ts";
import { requireMayGive } from "#server/membership-rules.ts";
import { defineOperation, type RunArguments } from "#server/operation.ts";
import { requireFreeSeat } from "#server/seats.ts";

const mostInADay = 100;

export const membershipInvite = defineOperation({
  name: "membership.invite",
  title: "Invite someone",
  description: "Sends a link by e-mail, which works once and for seven days. An open invitation takes a seat.",
  target: "Organization",
  allow: { support: true },
  allowCustomer: { owner: true, admin: true },
  risk: "routine",
  input: z.strictObject({
    email: email().meta({ title: "E-mail" }),
    role: z.enum(organizationRoles).meta({ title: "Role" }),
  }),
  defaults: () => ({ role: "member" as const }),
  limit: ({ input, roles }) =>
    input.role === "owner" && !roles.includes("operations") ? "You may invite members and admins. Operations may invite owners." : null,
  unavailable(target) {
    const shut = shutKind(target);
    return shut && `${target.name} is ${shut}: nobody could accept.`;
  },
  inverse({ changes }) {
    const made = changes.find(({ tableName }) => tableName === "Invitation");
    return made ? { operation: "invitation.revoke", targetId: made.rowId } : null;
  },
  summary: ({ target, input }) => `Invite someone to ${target.name} as ${aRole(input.role)}`,
  async run({ db, target, input, context, effect }) {
    await requireMayGive(db, { context, organizationId: target.id, role: input.role });
    await requireNotYetIn(db, { organization: target, email: input.email });
    await requireFreeSeat(db, target);
    await refuseFlood(db, target.id);
    const invitedByLabel = inviterLabel(context);
    const { id } = await db.invitation.create({
      data: { organizationId: target.id, email: input.email, role: input.role, invitedByLabel },
      select: { id: true },
    });
    const data = { organizationName: target.name, invitedBy: invitedByLabel, role: input.role, invitationId: id };
    effect(mail(invitation, { to: invitedPerson(input.email), data }));
    return { invitationId: id };
  },
});

/** Seats bound the open invitations; this bounds the mails of somebody who revokes each at once. */
async function refuseFlood(db: RunArguments<"Organization", unknown>["db"], organizationId: string): Promise<void> {
  const [{ count } = { count: 0 }] = await db.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS "count" FROM "Invitation" WHERE "organizationId" = ${organizationId} AND "createdAt" > now() - interval '1 day'`;
  if (count >= mostInADay)
    throw new AppError("TOO_MANY_REQUESTS", { userMessage: `An organization sends at most ${plural(mostInADay, "invitation")} in a day.` });
}
