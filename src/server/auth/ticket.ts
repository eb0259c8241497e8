import { encode } from "next-auth/jwt";
import { env } from "#env.ts";
import { findIdInToken } from "./session-token.ts";

/** What short-lived encrypted notes are for, and how many seconds each lasts. One for a purpose is worth nothing for another. */
const purposes = {
  /** From our own sign-in to next-auth, which makes the session's cookie of it. */
  beginSession: 60,
  /** The password was right; the second factor is asked for. */
  secondFactor: 5 * 60,
  /** A second factor's secret between showing it and confirming that the app on the phone has it. */
  secondFactorSetup: 60 * 60,
  /** Recovery codes, shown once. */
  recoveryCodes: 10 * 60,
} as const;
type Purpose = keyof typeof purposes;

export const secondsOf = (purpose: Purpose): number => purposes[purpose];

/** A note to ourselves that passes through the browser: nobody else can read or make one. */
export function writeTicket(purpose: Purpose, note: string): Promise<string> {
  return encode({ token: { note }, secret: env().PRODUCT_AUTH_SECRET, salt: saltOf(purpose), maxAge: purposes[purpose] });
}

/** The note, or null where the ticket is absent, forged, too old or for something else. */
export function readTicket(purpose: Purpose, ticket: string | null): Promise<string | null> {
  return findIdInToken({ token: ticket, secret: env().PRODUCT_AUTH_SECRET, salt: saltOf(purpose), claim: "note" });
}

function saltOf(purpose: Purpose): string {
  return `countersign.ticket ${purpose}`;
}
