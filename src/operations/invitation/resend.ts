import { z } from "zod";
import { invitation } from "#domain/mails/invitation.ts";
import { mail } from "#server/effects/mail.ts";
import { AppError } from "#server/errors.ts";
import { invitedPerson, inviterLabel, requireNotYetIn } from "#server/invitations.ts";
import { requireMayGive } from "#server/membership-rules.ts";
import { defineOperation } from "#server/operation.ts";
import { lockOrganization, requireFreeSeat } from "#server/seats.ts";

const week = 7 * 86_400_000;
const fiveMinutes = 5 * 60_000;

export const invitationResend = defineOperation({
  name: "invitation.resend",
  title: "Send again",
  description: "The same link once more; it works for seven days from now.",
  target: "Invitation",
  allow: { support: true },
  allowCustomer: { owner: true, admin: true },
  risk: "routine",
  input: z.strictObject({}),
  unavailable({ acceptedAt, revokedAt }) {
    if (acceptedAt) return "This invitation has been accepted.";
    return revokedAt ? "This invitation was withdrawn. Invite the person anew." : null;
  },
  summary: ({ target }) => `Send the invitation to ${target.organization.name} again`,
  async run({ db, target, context, effect }) {
    const { organization, organizationId, email, role, expiresAt } = target;
    if (expiresAt.getTime() - Date.now() > week - fiveMinutes)
      throw new AppError("TOO_MANY_REQUESTS", { userMessage: "It was sent just now. Wait five minutes, and look into the spam folder." });
    await requireMayGive(db, { context, organizationId, role });
    await lockOrganization(db, organizationId);
    await requireNotYetIn(db, { organization, email, except: target.id });
    // An expired one has given its seat back.
    if (expiresAt <= new Date()) await requireFreeSeat(db, organization);
    await db.invitation.update({ where: { id: target.id }, data: { expiresAt: new Date(Date.now() + week) }, select: { id: true } });
    const data = { organizationName: organization.name, invitedBy: inviterLabel(context), role, invitationId: target.id };
    effect(mail(invitation, { to: invitedPerson(email), data }));
  },
});
