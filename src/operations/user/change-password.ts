import { z } from "zod";
import { text } from "#lib/text.ts";
import { hashPassword, verifyPassword } from "#server/auth/password.ts";
import { AppError } from "#server/errors.ts";
import { defineOperation } from "#server/operation.ts";

const password = (title: string, min: number) => text({ min, max: 200 }).meta({ title, secret: true });

export const userChangePassword = defineOperation({
  name: "user.changePassword",
  title: "Change password",
  description: "Your other sessions end.",
  target: "User",
  allowCustomer: { self: true },
  risk: "routine",
  input: z.strictObject({ currentPassword: password("Current password", 1), newPassword: password("New password", 12) }),
  summary: ({ target }) => `Change the password of ${target.name}`,
  async run({ db, target, input, context }) {
    const { passwordHash } = await db.user.findUniqueOrThrow({ where: { id: target.id }, select: { passwordHash: true } });
    if (!(await verifyPassword(passwordHash, input.currentPassword))) {
      throw new AppError("INVALID_INPUT", {
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
