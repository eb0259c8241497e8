import { z } from "zod";
import { passwordChanged } from "#domain/mails/password-changed.ts";
import { password } from "#lib/text.ts";
import { ownSessionId, setPassword } from "#server/auth/account-changes.ts";
import { requireStrongPassword } from "#server/auth/password-strength.ts";
import { requireOwnPassword } from "#server/auth/require-own-password.ts";
import { mail } from "#server/effects/mail.ts";
import { defineOperation } from "#server/operation.ts";

const secret = (title: string, min: number) => password({ min }).meta({ title, secret: true });

export const userChangePassword = defineOperation({
  name: "user.changePassword",
  title: "Change password",
  description: "Your other sessions end.",
  target: "User",
  allowCustomer: { self: true },
  risk: "routine",
  input: z.strictObject({ currentPassword: secret("Current password", 1), newPassword: secret("New password", 12) }),
  summary: ({ target }) => `Change the password of ${target.name}`,
  async run({ db, target, input, context, effect }) {
    await requireOwnPassword(db, { userId: target.id, typed: input.currentPassword });
    await requireStrongPassword(input.newPassword, { field: "input.newPassword", about: [target.name, target.email] });
    await setPassword(db, { userId: target.id, password: input.newPassword, except: ownSessionId(context) });
    effect(mail(passwordChanged, { to: target, data: {} }));
  },
});
