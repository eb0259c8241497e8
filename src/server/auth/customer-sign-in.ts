import { formatWait } from "#lib/format-time.ts";
import type { RequestInfo } from "../actor.ts";
import { recordEvent, transaction } from "../db.ts";
import { accountWork } from "../effects/account.ts";
import { enqueue } from "../effects/effect.ts";
import { AppError } from "../errors.ts";
import { findPersonByEmail, type Person, targetOf } from "./find-person.ts";
import { verifyPassword } from "./password.ts";
import { attemptContext } from "./sign-in-context.ts";
import { startSession } from "./start-session.ts";
import { type Attempt, countAttempt, forgetFailures, forgiveAttempt } from "./throttle.ts";

export const signInRefused = "Wrong e-mail or password.";

type SignIn = {
  email: string;
  password: string;
  request: RequestInfo;
  /** The session that this browser has now; it ends. */
  replaces: string | null;
};
/** A session, or for whom the second factor is asked next. */
export type SignedIn = { sessionId: string } | { secondFactorOf: Person };

/**
 * Checks the password and begins a session, unless a second factor is asked for first. Throws UNAUTHENTICATED,
 * TOO_MANY_REQUESTS after repeated failures, or SUSPENDED where every organization is. Up to the right password it
 * answers the same, in the same time, whether or not there is an account.
 */
export async function signInCustomer({ email, password, request, replaces }: SignIn): Promise<SignedIn> {
  const typed = { email, sourceIp: request.sourceIp };
  const attempt = await countAttempt(typed);
  const person = await findPersonByEmail(email);
  await requireNotBlocked({ attempt, person, request });
  if (!(await verifyPassword(person?.passwordHash, password)) || !person) {
    throw await refuseSignIn({ attempt, person, email, request, sentence: signInRefused });
  }
  if (person.totpEnabledAt) {
    await forgiveAttempt(typed);
    await recordEvent({
      context: attemptContext(request),
      operation: "user.signIn",
      outcome: "pending",
      summary: `The right password for ${person.name}; the second factor is asked for`,
      target: targetOf(person),
    });
    return { secondFactorOf: person };
  }
  const sessionId = await startSession({ person, request, replaces, how: "signed in" });
  await forgetFailures(typed);
  return { sessionId };
}

type Refused = { attempt: Attempt; person: Person | null; request: RequestInfo };

/** Throws TOO_MANY_REQUESTS, with how long to wait, while attempts are not judged at all. */
export async function requireNotBlocked({ attempt, person, request }: Refused): Promise<void> {
  const waits = [attempt.allowed ? null : attempt.blockedUntil, person?.lockedUntil].filter((until) => until && until > new Date());
  const until = waits.sort((a, b) => Number(b) - Number(a))[0];
  if (!until && attempt.allowed) return;
  await record({ person, request, code: "TOO_MANY_REQUESTS" });
  throw new AppError("TOO_MANY_REQUESTS", { userMessage: `Too many failed attempts. Try again in ${formatWait(until ?? new Date())}.` });
}

/** What a failed attempt is answered with; from some number on it also says how long to wait. */
export async function refuseSignIn({ attempt, person, email, request, sentence }: Refused & { email: string; sentence: string }) {
  const eventId = await record({ person, request, code: "UNAUTHENTICATED" });
  const until = attempt.blockedUntil;
  if (!until) return new AppError("UNAUTHENTICATED", { userMessage: sentence });
  if (attempt.addressBlockedUntil) {
    // For every address alike; whether there is somebody to lock out, the worker finds out.
    const work = accountWork({ kind: "lockOut", email, until: attempt.addressBlockedUntil.toISOString() });
    await transaction((db) => enqueue(db, [work], { context: attemptContext(request), eventId, organizationId: null }));
  }
  return new AppError("UNAUTHENTICATED", { userMessage: `${sentence} Wait ${formatWait(until)} before you try again.` });
}

// What was typed stays out of it: people type passwords into the wrong field.
function record({ person, request, code }: { person: Person | null; request: RequestInfo; code: string }): Promise<string> {
  return recordEvent({
    context: attemptContext(request),
    operation: "user.signIn",
    outcome: "denied",
    summary: person ? `Sign-in as ${person.name} was refused` : "Sign-in with an unknown address was refused",
    target: person ? targetOf(person) : undefined,
    metadata: { code },
  });
}
