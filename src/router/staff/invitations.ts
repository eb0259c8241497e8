import { z } from "zod";
import { text } from "#lib/text.ts";
import { reader } from "#server/db.ts";
import { AppError } from "#server/errors.ts";
import { maySeePersonalData, showPersonal } from "#server/personal-data.ts";
import { invitationSelect } from "#server/targets/invitation.ts";
import { type ProcedureContext, router, staffProcedure } from "#server/trpc.ts";
import { describeOperations } from "../describe-operations.ts";

const byId = z.strictObject({ id: text({ max: 64 }) });
const newest = { orderBy: { id: "desc" }, take: 20, select: { ...invitationSelect, invitedByLabel: true, createdAt: true } } as const;

/** Of an organization's invitations, those that nobody has answered; those that expired too. */
export const openInvitations = { where: { acceptedAt: null, revokedAt: null }, ...newest } as const;

export const invitationsRouter = router({
  /** Where a person was invited to, whatever came of it. */
  ofUser: staffProcedure.input(byId).query(async ({ ctx, input: { id } }) => {
    const [user, clear] = await Promise.all([
      reader().user.findUnique({ where: { id }, select: { email: true } }),
      maySeePersonalData(ctx.actor, id),
    ]);
    if (!user) throw new AppError("NOT_FOUND", { userMessage: "There is no such user." });
    const found = await reader().invitation.findMany({ where: { email: user.email }, relationLoadStrategy: "join", ...newest });
    return found.map((invitation) => showInvitation(ctx, invitation, clear));
  }),
});

type Found = Parameters<typeof describeOperations<"Invitation">>[0]["row"] & { createdAt: Date; invitedByLabel: string };

/** An invitation as staff see it: how it stands, and what can be done about it. */
export function showInvitation(ctx: ProcedureContext, invitation: Found, clear: boolean) {
  const { acceptedAt, revokedAt, expiresAt } = invitation;
  const operations = acceptedAt || revokedAt ? [] : describeOperations({ ctx, type: "Invitation", row: invitation });
  const state = acceptedAt ? "accepted" : revokedAt ? "withdrawn" : expiresAt <= new Date() ? "expired" : "open";
  return { ...showPersonal("Invitation", invitation, clear), state, operations };
}
