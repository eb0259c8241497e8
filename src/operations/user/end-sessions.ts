import { z } from "zod";
import { signedOutByStaff } from "#domain/mails/signed-out-by-staff.ts";
import { endSessions, ownSessionId } from "#server/auth/account-changes.ts";
import { mail } from "#server/effects/mail.ts";
import { AppError } from "#server/errors.ts";
import { defineOperation } from "#server/operation.ts";

export const userEndSessions = defineOperation({
  name: "user.endSessions",
  title: "End sessions",
  description: "Signs this person out everywhere, except where they do it themselves.",
  target: "User",
  allow: { support: true },
  allowCustomer: { self: true },
  risk: "routine",
  bulk: true,
  input: z.strictObject({}),
  summary: ({ target }) => `End the sessions of ${target.name}`,
  consequences: ({ target }) => [`${target.name} has to sign in again on every device.`],
  async run({ db, target, context, effect }) {
    const ended = await endSessions(db, { userId: target.id, except: ownSessionId(context) });
    if (ended === 0) throw new AppError("CONFLICT", { userMessage: "There is no other open session." });
    if (context.actor.type === "staff") effect(mail(signedOutByStaff, { to: target, data: { everywhere: true } }));
    return { ended };
  },
});
