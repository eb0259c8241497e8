import { z } from "zod";
import { password } from "#lib/text.ts";
import { hashPassword, verifyPassword } from "#server/auth/password.ts";
import { AppError } from "#server/errors.ts";
import { defineOperation, type RunArguments } from "#server/operation.ts";

const secret = (title: string, min: number) => password({ min }).meta({ title, secret: true });

export const userChangePassword = defineOperation({
  name: "user.changePassword",
  title: "Change password",
  description: "Your other sessions end.",
  target: "User",
  allowCustomer: { self: true },
  risk: "routine",
  input: z.strictObject({ currentPassword: secret("Current password", 1), newPassword: secret("New password", 12) }),
  summary: ({ target }) => `Change the password of ${target.name}`,
  async run({ db, target, input, context }) {
    await refuseGuessing(db, target.id);
    const { passwordHash } = await db.user.findUniqueOrThrow({ where: { id: target.id }, select: { passwordHash: true } });
    if (!(await verifyPassword(passwordHash, input.currentPassword))) {
      throw new AppError("FORBIDDEN", {
        userMessage: "Your current password is not right.",
        details: { fields: { "input.currentPassword": "This is not your current password." } },
      });
    }
    const ownSessionId = context.actor.type === "user" ? context.actor.sessionId : "";
    await db.user.update({
      where: { id: target.id },
      data: { passwordHash: await hashPassword(input.newPassword), passwordChangedAt: new Date() },
      select: { id: true },
    });
    await db.$executeRaw`UPDATE "Session" SET "endedAt" = now() WHERE "userId" = ${target.id} AND "id" <> ${ownSessionId} AND "endedAt" IS NULL`;
  },
});

/** Whoever holds a stolen session may not guess the password with it: each wrong one is recorded, and ten are enough. */
async function refuseGuessing(db: RunArguments<"User", unknown>["db"], userId: string): Promise<void> {
  const [{ wrong } = { wrong: 0 }] = await db.$queryRaw<{ wrong: number }[]>`
    SELECT count(*)::int AS "wrong" FROM "AuditEvent"
    WHERE "actorId" = ${userId} AND "operation" = 'user.changePassword' AND "outcome" = 'denied' AND "at" > now() - interval '15 minutes'`;
  if (wrong >= 10) throw new AppError("TOO_MANY_REQUESTS", { userMessage: "Too many wrong passwords. Try again in 15 minutes." });
}
