import { z } from "zod";
import { signedOutByStaff } from "#domain/mails/signed-out-by-staff.ts";
import { mail } from "#server/effects/mail.ts";
import { AppError } from "#server/errors.ts";
import { defineOperation } from "#server/operation.ts";

export const sessionEnd = defineOperation({
  name: "session.end",
  title: "End session",
  description: "Signs one device out.",
  target: "Session",
  allow: { support: true },
  allowCustomer: { self: true },
  risk: "routine",
  input: z.strictObject({}),
  summary: ({ target }) => `End a session of ${target.user.name}`,
  async run({ db, target, context, effect }) {
    if (target.endedAt) throw new AppError("CONFLICT", { userMessage: "This session has ended already." });
    await db.$executeRaw`UPDATE "Session" SET "endedAt" = now() WHERE "id" = ${target.id}`;
    if (context.actor.type === "staff") effect(mail(signedOutByStaff, { to: target.user, data: { everywhere: false } }));
  },
});
