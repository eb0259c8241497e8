import type { Transaction } from "../db.ts";
import { newTotpSecret, totpAddress } from "./second-factor.ts";
import { readTicket, writeTicket } from "./ticket.ts";

/** What a page shows to set a second factor up. Nothing is stored before a code confirms it: the form carries the ticket. */
export type Setup = { ticket: string; secret: string; address: string };

/** The setup that a refused form carried, so that the app on the phone stays right; else a new one. */
export async function prepareSetup({ userId, email, earlier }: { userId: string; email: string; earlier: string | null }): Promise<Setup> {
  const known = earlier ? await readSetup(earlier, userId) : null;
  const secret = known ?? newTotpSecret();
  const ticket = known && earlier ? earlier : await writeTicket("secondFactorSetup", `${userId} ${secret}`);
  return { ticket, secret, address: totpAddress({ secret, email }) };
}

/** The secret in a setup, if it is this person's and not an hour old. */
export async function readSetup(ticket: string, userId: string): Promise<string | null> {
  const [owner, secret] = (await readTicket("secondFactorSetup", ticket))?.split(" ") ?? [];
  return owner === userId && secret ? secret : null;
}

export async function removeSecondFactor(db: Transaction, userId: string): Promise<void> {
  await db.recoveryCode.deleteMany({ where: { userId } });
  await db.user.update({
    where: { id: userId },
    data: { totpSecret: null, totpEnabledAt: null, totpLastStep: null },
    select: { id: true },
  });
}
