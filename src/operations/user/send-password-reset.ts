import { z } from "zod";
import { resetPassword } from "#domain/mails/reset-password.ts";
import { mail } from "#server/effects/mail.ts";
import { defineOperation } from "#server/operation.ts";

export const userSendPasswordReset = defineOperation({
  name: "user.sendPasswordReset",
  title: "Send password reset",
  description: "Mails this person a link with which they set a new password.",
  target: "User",
  allow: { support: true },
  allowSystem: true,
  risk: "routine",
  bulk: true,
  input: z.strictObject({}),
  summary: ({ target }) => `Send ${target.name} a link to set a new password`,
  consequences: () => ["The link is good for an hour, once. Until it is used, the present password stays as it is."],
  async run({ db, target, context, effect }) {
    const token = await db.accountToken.create({ data: { userId: target.id, purpose: "resetPassword" }, select: { id: true } });
    effect(mail(resetPassword, { to: target, data: { tokenId: token.id, byStaff: context.actor.type === "staff" } }));
  },
});
