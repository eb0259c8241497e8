import { z } from "zod";
import { twoFactorChanged } from "#domain/mails/two-factor-changed.ts";
import { password, text } from "#lib/text.ts";
import { replaceRecoveryCodes } from "#server/auth/recovery-codes.ts";
import { requireOwnPassword } from "#server/auth/require-own-password.ts";
import { findStep, sealTotpSecret } from "#server/auth/second-factor.ts";
import { readSetup } from "#server/auth/second-factor-setup.ts";
import { mail } from "#server/effects/mail.ts";
import { AppError } from "#server/errors.ts";
import { defineOperation } from "#server/operation.ts";

export const userEnableTwoFactor = defineOperation({
  name: "user.enableTwoFactor",
  title: "Turn the second factor on",
  description: "From then on, signing in also takes a code from your authenticator app.",
  target: "User",
  allowCustomer: { self: true },
  risk: "routine",
  input: z.strictObject({
    setup: text({ max: 1_000 }).meta({ title: "What the QR code shows" }),
    code: text({ max: 20 }).meta({ title: "Code from the app" }),
    currentPassword: password({ min: 1 }).meta({ title: "Current password", secret: true }),
  }),
  unavailable: (target) => (target.totpEnabledAt ? "The second factor is on already." : null),
  summary: ({ target }) => `Turn the second factor of ${target.name} on`,
  async run({ db, target, input, effect }) {
    await requireOwnPassword(db, { userId: target.id, typed: input.currentPassword });
    const secret = await readSetup(input.setup, target.id);
    const step = secret && findStep(secret, input.code);
    if (!secret || !step) {
      const fields = { "input.code": "This is not the code that the app shows now. Is the phone’s clock right?" };
      throw new AppError("INVALID_INPUT", { userMessage: "The code is not right.", details: { fields } });
    }
    await db.user.update({
      where: { id: target.id },
      data: { totpSecret: sealTotpSecret(secret, target.id), totpEnabledAt: new Date(), totpLastStep: step },
      select: { id: true },
    });
    effect(mail(twoFactorChanged, { to: target, data: { change: "enabled" } }));
    return { recoveryCodes: await replaceRecoveryCodes(db, target.id) };
  },
});
