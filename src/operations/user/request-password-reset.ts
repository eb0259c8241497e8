import { z } from "zod";
import { email } from "#lib/text.ts";
import { limitVisits } from "#server/auth/visit-limit.ts";
import { accountWork } from "#server/effects/account.ts";
import { defineOperation } from "#server/operation.ts";

export const userRequestPasswordReset = defineOperation({
  name: "user.requestPasswordReset",
  title: "Ask for a new password",
  description: "Mails a link with which to set a new password, where there is an account.",
  target: "System",
  allowVisitor: true,
  risk: "routine",
  input: z.strictObject({ email: email().meta({ title: "E-mail" }) }),
  summary: () => "Ask for a link to set a new password",
  async run({ db, input: { email }, context, effect }) {
    await limitVisits(db, { operation: "user.requestPasswordReset", email, sourceIp: context.sourceIp });
    effect(accountWork({ kind: "resetPassword", email }));
  },
});
