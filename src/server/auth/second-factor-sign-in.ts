import { recoveryCodeUsed } from "#domain/mails/recovery-code-used.ts";
import type { RequestInfo } from "../actor.ts";
import type { Transaction } from "../db.ts";
import { enqueue } from "../effects/effect.ts";
import { mail } from "../effects/mail.ts";
import { AppError } from "../errors.ts";
import { refuseSignIn, requireNotBlocked } from "./customer-sign-in.ts";
import { findPersonById, type Person } from "./find-person.ts";
import { takeSecondFactor } from "./second-factor.ts";
import { attemptContext } from "./sign-in-context.ts";
import { startSession } from "./start-session.ts";
import { countAttempt, forgetFailures } from "./throttle.ts";
import { readTicket, writeTicket } from "./ticket.ts";

export const codeRefused = "This code is not right, or was used before.";
const startAgain = "This took too long. Enter your password again.";

/** What the browser carries from the right password to the code: for whom, and which password that was. */
export function writeChallenge(person: Pick<Person, "id" | "passwordChangedAt">): Promise<string> {
  return writeTicket("secondFactor", noteOf(person));
}

/** Whether the browser still carries a challenge that counts. */
export async function hasChallenge(challenge: string | null): Promise<boolean> {
  return (await readTicket("secondFactor", challenge)) !== null;
}

type SignIn = { challenge: string | null; code: string; request: RequestInfo; replaces: string | null };

/**
 * Begins the session of somebody whose password was right a moment ago. Throws EXPIRED where the password has to be
 * entered again, and else refuses as the first step does, counting in the same place.
 */
export async function signInWithSecondFactor({ challenge, code, request, replaces }: SignIn): Promise<string> {
  const note = await readTicket("secondFactor", challenge);
  const person = note ? await findPersonById(note.split(" ", 1)[0] ?? "") : null;
  if (!person || noteOf(person) !== note || !person.totpEnabledAt) throw new AppError("EXPIRED", { userMessage: startAgain });
  const typed = { email: person.email, sourceIp: request.sourceIp };
  const attempt = await countAttempt(typed);
  await requireNotBlocked({ attempt, person, request });
  const check = (db: Transaction, eventId: string) => requireSecondFactor(db, { person, code, request, eventId });
  const how = /^[\d\s]+$/.test(code) ? "signed in with a second factor" : "signed in with a recovery code";
  try {
    const sessionId = await startSession({ person, request, replaces, how, check });
    await forgetFailures(typed);
    return sessionId;
  } catch (thrown) {
    if (!(thrown instanceof WrongCode)) throw thrown;
    throw await refuseSignIn({ attempt, person, email: person.email, request, sentence: codeRefused });
  }
}

class WrongCode extends Error {}

type Check = { person: Person; code: string; request: RequestInfo; eventId: string };

async function requireSecondFactor(db: Transaction, { person, code, request, eventId }: Check): Promise<void> {
  const factor = await takeSecondFactor(db, { userId: person.id, typed: code });
  if (!factor) throw new WrongCode();
  if (factor === "code") return;
  const left = await db.recoveryCode.count({ where: { userId: person.id, usedAt: null } });
  const notice = mail(recoveryCodeUsed, { to: person, data: { left } });
  await enqueue(db, [notice], { context: attemptContext(request), eventId, organizationId: null });
}

function noteOf({ id, passwordChangedAt }: Pick<Person, "id" | "passwordChangedAt">): string {
  return `${id} ${passwordChangedAt?.toISOString() ?? "never"}`;
}
