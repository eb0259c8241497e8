import { z } from "zod";
import { AppError } from "#server/errors.ts";
import { defineOperation } from "#server/operation.ts";

export const userClearLockout = defineOperation({
  name: "user.clearLockout",
  title: "Clear lockout",
  description: "Lets somebody who mistyped their password too often try again now.",
  target: "User",
  allow: { support: true },
  risk: "routine",
  input: z.strictObject({}),
  summary: ({ target }) => `Clear the lockout of ${target.name}`,
  async run({ db, target }) {
    if (!target.lockout) throw new AppError("CONFLICT", { userMessage: `${target.name} is not locked out.` });
    await db.lockout.delete({ where: { id: target.lockout.id }, select: { id: true } });
    await db.user.update({ where: { id: target.id }, data: { failedSignIns: 0 }, select: { id: true } });
  },
});
