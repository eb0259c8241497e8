import type { SignedInContext } from "../actor.ts";
import type { Transaction } from "../db.ts";
import { hashPassword } from "./password.ts";
import { clearThrottle } from "./throttle.ts";

/** The session in which somebody acts for themselves; null for staff, and for who came by a mailed link. */
export function ownSessionId({ actor }: SignedInContext): string | null {
  return actor.type === "user" ? actor.sessionId : null;
}

/** Ends somebody's open sessions, all but this one, and says how many. */
export function endSessions(db: Transaction, { userId, except }: { userId: string; except: string | null }): Promise<number> {
  return db.$executeRaw`
    UPDATE "Session" SET "endedAt" = now()
    WHERE "userId" = ${userId} AND "id" IS DISTINCT FROM ${except} AND "endedAt" IS NULL AND "expiresAt" > now()`;
}

/** Sets the password; what was open before it, sessions and mailed links, ends. */
export async function setPassword(
  db: Transaction,
  { userId, password, except }: { userId: string; password: string; except: string | null },
): Promise<void> {
  const passwordHash = await hashPassword(password);
  await db.user.update({ where: { id: userId }, data: { passwordHash, passwordChangedAt: new Date() }, select: { id: true } });
  await endSessions(db, { userId, except });
  await cancelMailedLinks(db, userId);
}

/** Links that were mailed before something changed, perhaps to an address that is not theirs any more, are good for nothing. */
export async function cancelMailedLinks(db: Transaction, userId: string): Promise<void> {
  await db.$executeRaw`UPDATE "AccountToken" SET "usedAt" = now() WHERE "userId" = ${userId} AND "usedAt" IS NULL AND "expiresAt" > now()`;
}

/** Lets somebody try to sign in again at once. */
export async function clearLockout(db: Transaction, { id, email }: { id: string; email: string }): Promise<void> {
  await db.lockout.deleteMany({ where: { userId: id } });
  await clearThrottle(db, email);
}
