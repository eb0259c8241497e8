import { cookieOptions, findCookie } from "./cookies.ts";
import { readTicket, secondsOf, writeTicket } from "./ticket.ts";

const challengeName = "countersign.second-factor";
const codesName = "countersign.recovery-codes";

export function challengeCookie(challenge: string) {
  return { name: challengeName, value: challenge, options: { ...cookieOptions("/sign-in"), maxAge: secondsOf("secondFactor") } };
}

export function findChallenge(headers: Headers): string | null {
  return findCookie(headers, challengeName);
}

export function endedChallengeCookie() {
  return { name: challengeName, value: "", options: { ...cookieOptions("/sign-in"), maxAge: 0 } };
}

/** Carries new recovery codes to the page that shows them. Encrypted, and gone when the person says that they have them. */
export async function recoveryCodesCookie(userId: string, codes: readonly string[]) {
  const value = await writeTicket("recoveryCodes", [userId, ...codes].join(" "));
  return { name: codesName, value, options: { ...cookieOptions("/security"), maxAge: secondsOf("recoveryCodes") } };
}

export async function findRecoveryCodes(headers: Headers, userId: string): Promise<string[]> {
  const [owner, ...codes] = (await readTicket("recoveryCodes", findCookie(headers, codesName)))?.split(" ") ?? [];
  return owner === userId ? codes : [];
}

export function endedRecoveryCodesCookie() {
  return { name: codesName, value: "", options: { ...cookieOptions("/security"), maxAge: 0 } };
}
