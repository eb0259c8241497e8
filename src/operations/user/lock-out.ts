import { z } from "zod";
import { formatTime } from "#lib/format-time.ts";
import { AppError } from "#server/errors.ts";
import { defineOperation } from "#server/operation.ts";

export const userLockOut = defineOperation({
  name: "user.lockOut",
  title: "Lock out",
  description: "Records that sign-ins are refused for a while, after too many failed ones.",
  target: "User",
  allowSystem: true,
  risk: "routine",
  input: z.strictObject({ until: z.iso.datetime().meta({ title: "Until" }) }),
  summary: ({ target, input }) => `Lock ${target.name} out until ${formatTime(new Date(input.until))}, after failed sign-ins`,
  async run({ db, target, input }) {
    const until = new Date(input.until);
    if (target.lockout && target.lockout.until >= until) throw new AppError("CONFLICT", { userMessage: "That is recorded already." });
    await db.lockout.deleteMany({ where: { userId: target.id } });
    await db.lockout.create({ data: { userId: target.id, until }, select: { id: true } });
  },
});
