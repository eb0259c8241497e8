import { z } from "zod";
import { lockoutCleared } from "#domain/mails/lockout-cleared.ts";
import { clearLockout } from "#server/auth/account-changes.ts";
import { mail } from "#server/effects/mail.ts";
import { defineOperation } from "#server/operation.ts";

export const userClearLockout = defineOperation({
  name: "user.clearLockout",
  title: "Clear lockout",
  description: "Lets somebody who mistyped their password too often try again now.",
  target: "User",
  allow: { support: true },
  risk: "routine",
  bulk: true,
  input: z.strictObject({}),
  unavailable: (target) => (target.lockout ? null : `${target.name} is not locked out.`),
  summary: ({ target }) => `Clear the lockout of ${target.name}`,
  consequences: ({ target }) => [`${target.name} can try again at once, and earlier failures do not count any more.`],
  async run({ db, target, effect }) {
    await clearLockout(db, target);
    effect(mail(lockoutCleared, { to: target, data: {} }));
  },
});
