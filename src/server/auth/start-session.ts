import type { RequestInfo, UserActor } from "../actor.ts";
import { findShutSentence } from "../closure.ts";
import { audited, recordEvent, type Transaction } from "../db.ts";
import { AppError } from "../errors.ts";
import { findPersonById, type Person, targetOf } from "./find-person.ts";
import { attemptContext, signInContext } from "./sign-in-context.ts";

type Start = {
  person: Pick<Person, "id" | "name" | "email">;
  request: RequestInfo;
  /** The session that this browser has now; it ends. */
  replaces: string | null;
  /** "signed in", and by what where that is not the password alone. */
  how: string;
  /** Throws where the person may not come in after all; what it writes belongs to the same event. */
  check?: (db: Transaction, eventId: string) => Promise<void>;
};

/** Begins the session of somebody who has proved who they are; throws SUSPENDED where every organization is. */
export async function startSession({ person, request, replaces, how, check }: Start): Promise<string> {
  const suspended = await findShutSentence(person.id);
  const actor: UserActor = { type: "user", id: person.id, label: person.name, email: person.email, memberships: [], sessionId: null };
  const event = {
    context: signInContext(request, actor),
    operation: "user.signIn",
    outcome: "succeeded",
    summary: `${person.name} ${how}`,
    target: targetOf(person),
  } as const;
  if (!suspended) {
    return audited(event, async (db, eventId) => {
      await check?.(db, eventId);
      return insertSession(db, { userId: person.id, request, replaces });
    });
  }
  await recordEvent({
    ...event,
    context: attemptContext(request),
    outcome: "denied",
    summary: `Sign-in as ${person.name} was refused`,
    metadata: { code: "SUSPENDED" },
  });
  throw new AppError("SUSPENDED", { userMessage: suspended });
}

type Session = { userId: string; request: RequestInfo; replaces: string | null };

async function insertSession(db: Transaction, { userId, request, replaces }: Session): Promise<string> {
  await db.$executeRaw`UPDATE "User" SET "lastSeenAt" = now() WHERE "id" = ${userId}`;
  if (replaces) await db.$executeRaw`UPDATE "Session" SET "endedAt" = now() WHERE "id" = ${replaces} AND "endedAt" IS NULL`;
  const [session] = await db.$queryRaw<{ id: string }[]>`
    INSERT INTO "Session" ("userId", "sourceIp", "userAgent") VALUES (${userId}, ${request.sourceIp}, ${request.userAgent}) RETURNING "id"`;
  if (!session) throw new AppError("INTERNAL", { message: "The session was not written." });
  return session.id;
}

/** Begins the first session of somebody whose account a mailed link has just made. */
export async function signInByMailedLink({ userId, ...rest }: { userId: string } & Pick<Start, "request" | "replaces">): Promise<string> {
  const person = await findPersonById(userId);
  if (!person) throw new AppError("NOT_FOUND");
  return startSession({ person, how: "signed in with a mailed link", ...rest });
}
