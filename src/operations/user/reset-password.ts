import { z } from "zod";
import { passwordChanged } from "#domain/mails/password-changed.ts";
import { password, text } from "#lib/text.ts";
import { clearLockout, setPassword } from "#server/auth/account-changes.ts";
import { takeMailedLink } from "#server/auth/mailed-link.ts";
import { requireStrongPassword } from "#server/auth/password-strength.ts";
import { mail } from "#server/effects/mail.ts";
import { defineOperation } from "#server/operation.ts";

export const userResetPassword = defineOperation({
  name: "user.resetPassword",
  title: "Set a new password",
  description: "With the link from a mail, instead of the old password. All sessions end.",
  target: "User",
  allowCustomer: { self: true },
  risk: "routine",
  input: z.strictObject({
    token: text({ max: 200 }).meta({ title: "Link", secret: true }),
    newPassword: password({ min: 12 }).meta({ title: "New password", secret: true }),
  }),
  summary: ({ target }) => `Set a new password of ${target.name} by a mailed link`,
  async run({ db, target, input, effect }) {
    await takeMailedLink(db, { token: input.token, userId: target.id, purpose: "resetPassword" });
    await requireStrongPassword(input.newPassword, { field: "input.newPassword", about: [target.name, target.email] });
    await setPassword(db, { userId: target.id, password: input.newPassword, except: null });
    // The mail arrived, so the address is theirs, and failures before do not count.
    if (!target.emailVerifiedAt) {
      await db.user.update({ where: { id: target.id }, data: { emailVerifiedAt: new Date() }, select: { id: true } });
    }
    await clearLockout(db, target);
    effect(mail(passwordChanged, { to: target, data: {} }));
  },
});
