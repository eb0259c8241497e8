import { z } from "zod";
import { confirmEmail } from "#domain/mails/confirm-email.ts";
import { emailChanged } from "#domain/mails/email-changed.ts";
import { email } from "#lib/text.ts";
import { cancelMailedLinks, endSessions } from "#server/auth/account-changes.ts";
import { mail } from "#server/effects/mail.ts";
import { AppError } from "#server/errors.ts";
import { defineOperation } from "#server/operation.ts";

export const userChangeEmail = defineOperation({
  name: "user.changeEmail",
  title: "Change e-mail",
  description: "Gives this person another address to sign in with, when they cannot do it themselves.",
  target: "User",
  allow: { operations: true },
  risk: "critical",
  ticket: "required",
  input: z.strictObject({ newEmail: email().meta({ title: "New e-mail" }) }),
  summary: ({ target }) => `Change the e-mail address of ${target.name}`,
  consequences: ({ target }) => [
    `${target.name} signs in with the new address from now on, and is signed out everywhere.`,
    "Both addresses get a mail. The new one counts as not confirmed until its link is opened.",
    "Whoever reads that mailbox can set a new password: make sure that it is theirs.",
  ],
  async run({ db, target, input: { newEmail }, effect }) {
    const owner = await db.user.findUnique({ where: { email: newEmail }, select: { id: true } });
    if (owner) {
      const sentence = owner.id === target.id ? "This is the address already." : "Another account has this address.";
      throw new AppError("CONFLICT", { userMessage: sentence, details: { fields: { "input.newEmail": sentence } } });
    }
    await cancelMailedLinks(db, target.id);
    await db.user.update({ where: { id: target.id }, data: { email: newEmail, emailVerifiedAt: null }, select: { id: true } });
    await endSessions(db, { userId: target.id, except: null });
    const token = await db.accountToken.create({
      data: { userId: target.id, purpose: "changeEmail", email: newEmail },
      select: { id: true },
    });
    const recipient = { email: newEmail, name: target.name };
    effect(mail(emailChanged, { to: target, data: { byStaff: true, toOld: true } }));
    effect(mail(emailChanged, { to: recipient, data: { byStaff: true, toOld: false } }));
    effect(mail(confirmEmail, { to: recipient, data: { tokenId: token.id } }));
  },
});
