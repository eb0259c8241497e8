import { z } from "zod";
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
  input: z.strictObject({}),
  summary: ({ target }) => `End the sessions of ${target.name}`,
  consequences: ({ target }) => [`${target.name} has to sign in again on every device.`],
  async run({ db, target, context }) {
    const ownSessionId = context.actor.type === "user" ? context.actor.sessionId : "";
    const ended = await db.$executeRaw`
      UPDATE "Session" SET "endedAt" = now() WHERE "userId" = ${target.id} AND "id" <> ${ownSessionId} AND "endedAt" IS NULL AND "expiresAt" > now()`;
    if (ended === 0) throw new AppError("CONFLICT", { userMessage: "There is no other open session." });
    return { ended };
  },
});
