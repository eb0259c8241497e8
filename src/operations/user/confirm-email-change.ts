import { z } from "zod";
import { emailChanged } from "#domain/mails/email-changed.ts";
import { text } from "#lib/text.ts";
import { cancelMailedLinks, endSessions, ownSessionId } from "#server/auth/account-changes.ts";
import { linkIsOver, takeMailedLink } from "#server/auth/mailed-link.ts";
import { mail } from "#server/effects/mail.ts";
import { AppError } from "#server/errors.ts";
import { defineOperation } from "#server/operation.ts";

export const userConfirmEmailChange = defineOperation({
  name: "user.confirmEmailChange",
  title: "Confirm e-mail",
  description: "Makes the address to which the link was mailed yours. Your other sessions end.",
  target: "User",
  allowCustomer: { self: true },
  risk: "routine",
  input: z.strictObject({ token: text({ max: 200 }).meta({ title: "Link", secret: true }) }),
  summary: ({ target }) => `Confirm the e-mail address of ${target.name}`,
  async run({ db, target, input, context, effect }) {
    const { email } = await takeMailedLink(db, { token: input.token, userId: target.id, purpose: "changeEmail" });
    if (!email) throw new AppError("EXPIRED", { userMessage: linkIsOver });
    const owner = await db.user.findUnique({ where: { email }, select: { id: true } });
    if (owner && owner.id !== target.id) throw new AppError("CONFLICT", { userMessage: "This address cannot be used." });
    await db.user.update({ where: { id: target.id }, data: { email, emailVerifiedAt: new Date() }, select: { id: true } });
    if (email === target.email) return;
    await cancelMailedLinks(db, target.id);
    await endSessions(db, { userId: target.id, except: ownSessionId(context) });
    effect(mail(emailChanged, { to: target, data: { byStaff: false, toOld: true } }));
    effect(mail(emailChanged, { to: { email, name: target.name }, data: { byStaff: false, toOld: false } }));
  },
});
