import { z } from "zod";
import { twoFactorChanged } from "#domain/mails/two-factor-changed.ts";
import { password, text } from "#lib/text.ts";
import { requireOwnPassword, requireOwnSecondFactor } from "#server/auth/require-own-password.ts";
import { removeSecondFactor } from "#server/auth/second-factor-setup.ts";
import { mail } from "#server/effects/mail.ts";
import { defineOperation } from "#server/operation.ts";

export const userDisableTwoFactor = defineOperation({
  name: "user.disableTwoFactor",
  title: "Turn the second factor off",
  description: "From then on, your password alone signs you in.",
  target: "User",
  allowCustomer: { self: true },
  risk: "routine",
  input: z.strictObject({
    currentPassword: password({ min: 1 }).meta({ title: "Current password", secret: true }),
    code: text({ max: 20 }).meta({ title: "Code from the app, or a recovery code" }),
  }),
  unavailable: (target) => (target.totpEnabledAt ? null : "The second factor is off already."),
  summary: ({ target }) => `Turn the second factor of ${target.name} off`,
  async run({ db, target, input, effect }) {
    await requireOwnPassword(db, { userId: target.id, typed: input.currentPassword });
    await requireOwnSecondFactor(db, { userId: target.id, typed: input.code });
    await removeSecondFactor(db, target.id);
    effect(mail(twoFactorChanged, { to: target, data: { change: "disabled" } }));
  },
});
