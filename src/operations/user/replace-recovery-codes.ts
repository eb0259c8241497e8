import { z } from "zod";
import { twoFactorChanged } from "#domain/mails/two-factor-changed.ts";
import { password } from "#lib/text.ts";
import { replaceRecoveryCodes } from "#server/auth/recovery-codes.ts";
import { requireOwnPassword } from "#server/auth/require-own-password.ts";
import { mail } from "#server/effects/mail.ts";
import { defineOperation } from "#server/operation.ts";

export const userReplaceRecoveryCodes = defineOperation({
  name: "user.replaceRecoveryCodes",
  title: "Make new recovery codes",
  description: "The former ones do not work any more.",
  target: "User",
  allowCustomer: { self: true },
  risk: "routine",
  input: z.strictObject({ currentPassword: password({ min: 1 }).meta({ title: "Current password", secret: true }) }),
  unavailable: (target) => (target.totpEnabledAt ? null : "The second factor is off."),
  summary: ({ target }) => `Replace the recovery codes of ${target.name}`,
  async run({ db, target, input, effect }) {
    await requireOwnPassword(db, { userId: target.id, typed: input.currentPassword });
    effect(mail(twoFactorChanged, { to: target, data: { change: "recoveryCodes" } }));
    return { recoveryCodes: await replaceRecoveryCodes(db, target.id) };
  },
});
