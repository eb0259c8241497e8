import { z } from "zod";
import { emailChangeRequested } from "#domain/mails/email-change-requested.ts";
import { email, password } from "#lib/text.ts";
import { requireOwnPassword } from "#server/auth/require-own-password.ts";
import { limitVisits } from "#server/auth/visit-limit.ts";
import { accountWork } from "#server/effects/account.ts";
import { mail } from "#server/effects/mail.ts";
import { AppError } from "#server/errors.ts";
import { defineOperation } from "#server/operation.ts";

export const userRequestEmailChange = defineOperation({
  name: "user.requestEmailChange",
  title: "Change e-mail",
  description: "Mails a link to the new address; it becomes yours when you open that.",
  target: "User",
  allowCustomer: { self: true },
  risk: "routine",
  input: z.strictObject({
    newEmail: email().meta({ title: "New e-mail" }),
    currentPassword: password({ min: 1 }).meta({ title: "Current password", secret: true }),
  }),
  summary: ({ target }) => `Ask for another e-mail address of ${target.name}`,
  async run({ db, target, input: { newEmail, currentPassword }, context, effect }) {
    await requireOwnPassword(db, { userId: target.id, typed: currentPassword });
    if (newEmail === target.email && target.emailVerifiedAt) {
      const fields = { "input.newEmail": "This is your address already." };
      throw new AppError("CONFLICT", { userMessage: "This is your address already.", details: { fields } });
    }
    await limitVisits(db, { operation: "user.requestEmailChange", email: newEmail, sourceIp: context.sourceIp });
    const token = await db.accountToken.create({
      data: { userId: target.id, purpose: "changeEmail", email: newEmail },
      select: { id: true },
    });
    effect(accountWork({ kind: "changeEmail", tokenId: token.id }));
    if (newEmail !== target.email) effect(mail(emailChangeRequested, { to: target, data: {} }));
  },
});
