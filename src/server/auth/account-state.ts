import { reader } from "../db.ts";
import { addressKey } from "./throttle.ts";

export type AccountState = { recoveryCodesLeft: number; throttle: { failures: number; blockedUntil: Date | null } | null };

/** What is known about somebody's ways to sign in, beside their own row. */
export async function findAccountState({ id, email }: { id: string; email: string }): Promise<AccountState> {
  const [recoveryCodesLeft, throttle] = await Promise.all([
    reader().recoveryCode.count({ where: { userId: id, usedAt: null } }),
    reader().signInThrottle.findUnique({ where: { id: addressKey(email) }, select: { failures: true, blockedUntil: true } }),
  ]);
  return { recoveryCodesLeft, throttle: throttle && throttle.failures > 0 ? throttle : null };
}
