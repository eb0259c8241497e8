import { z } from "zod";
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
  async run({ db, target }) {
    if (target.endedAt) throw new AppError("CONFLICT", { userMessage: "This session has ended already." });
    await db.$executeRaw`UPDATE "Session" SET "endedAt" = now() WHERE "id" = ${target.id}`;
  },
});
