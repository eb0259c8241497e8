import { z } from "zod";
import { twoFactorChanged } from "#domain/mails/two-factor-changed.ts";
import { endSessions } from "#server/auth/account-changes.ts";
import { removeSecondFactor } from "#server/auth/second-factor-setup.ts";
import { mail } from "#server/effects/mail.ts";
import { defineOperation } from "#server/operation.ts";

export const userResetTwoFactor = defineOperation({
  name: "user.resetTwoFactor",
  title: "Reset second factor",
  description: "For somebody who has lost both their authenticator app and their recovery codes.",
  target: "User",
  allow: { support: true },
  risk: "risky",
  ticket: "required",
  input: z.strictObject({}),
  unavailable: (target) => (target.totpEnabledAt ? null : `${target.name} has no second factor.`),
  summary: ({ target }) => `Reset the second factor of ${target.name}`,
  consequences: ({ target }) => [
    `The password alone signs ${target.name} in, until they set up a new second factor. Make sure who is asking.`,
    `${target.name} is signed out everywhere.`,
  ],
  async run({ db, target, effect }) {
    await removeSecondFactor(db, target.id);
    await endSessions(db, { userId: target.id, except: null });
    effect(mail(twoFactorChanged, { to: target, data: { change: "reset" } }));
  },
});
