import type { Transaction } from "../db.ts";
import { AppError } from "../errors.ts";
import { verifyPassword } from "./password.ts";
import { takeSecondFactor } from "./second-factor.ts";

const mostWrong = 10;

/** Throws FORBIDDEN unless this is the person's password: a session alone may be stolen. */
export async function requireOwnPassword(db: Transaction, { userId, typed }: { userId: string; typed: string }): Promise<void> {
  await refuseGuessing(db, userId);
  const { passwordHash } = await db.user.findUniqueOrThrow({ where: { id: userId }, select: { passwordHash: true } });
  if (await verifyPassword(passwordHash, typed)) return;
  throw new AppError("FORBIDDEN", {
    userMessage: "Your current password is not right.",
    details: { fields: { "input.currentPassword": "This is not your current password." } },
  });
}

/** Throws FORBIDDEN unless this is a code of the person's app, or a recovery code, that was not used before. */
export async function requireOwnSecondFactor(db: Transaction, { userId, typed }: { userId: string; typed: string }): Promise<void> {
  if (await takeSecondFactor(db, { userId, typed })) return;
  throw new AppError("FORBIDDEN", {
    userMessage: "This code is not right.",
    details: { fields: { "input.code": "This code is not right, or was used before." } },
  });
}

/** Whoever holds a stolen session may not guess with it: each wrong try is recorded as denied, and ten are enough. */
async function refuseGuessing(db: Transaction, userId: string): Promise<void> {
  const [{ wrong } = { wrong: 0 }] = await db.$queryRaw<{ wrong: number }[]>`
    SELECT count(*)::int AS "wrong" FROM "AuditEvent"
    WHERE "actorId" = ${userId} AND "targetId" = ${userId} AND "outcome" = 'denied' AND "at" > now() - interval '15 minutes'`;
  if (wrong >= mostWrong) throw new AppError("TOO_MANY_REQUESTS", { userMessage: "Too many wrong tries. Try again in 15 minutes." });
}
