import type { RequestInfo, UserActor } from "../actor.ts";
import { audited, recordEvent, type Transaction, writer } from "../db.ts";
import { AppError } from "../errors.ts";
import { lockOut, maxFailedSignIns } from "./lock-out.ts";
import { verifyPassword } from "./password.ts";
import { attemptContext, signInContext } from "./sign-in-context.ts";
import { findSuspension } from "./suspension.ts";

/** One sentence for every refusal, so that nobody learns which addresses have an account or are locked. */
export const signInRefused = `Wrong e-mail or password, or too many attempts. After ${maxFailedSignIns} failures in a row, wait 15 minutes.`;

type SignIn = {
  email: string;
  password: string;
  request: RequestInfo;
  /** The session that this browser has now; it ends. */
  replaces: string | null;
};

/** Checks the password and begins a session; throws UNAUTHENTICATED, or SUSPENDED where every organization is. */
export async function signInCustomer({ email, password, request, replaces }: SignIn): Promise<{ userId: string; sessionId: string }> {
  const person = await countAttempt(email);
  const matches = await verifyPassword(person?.passwordHash, password);
  if (!person?.attempts || person.attempts > maxFailedSignIns || !matches) throw await refuse(person, request);
  const suspended = await findSuspension(person.id);
  if (suspended) {
    await writer().$executeRaw`UPDATE "User" SET "failedSignIns" = 0 WHERE "id" = ${person.id}`;
    await record({ person, request, code: "SUSPENDED" });
    throw new AppError("SUSPENDED", { userMessage: suspended });
  }
  const actor: UserActor = { type: "user", id: person.id, label: person.name, email: person.email, memberships: [], sessionId: "" };
  const sessionId = await audited(
    {
      context: signInContext(request, actor),
      operation: "user.signIn",
      outcome: "succeeded",
      summary: `${person.name} signed in`,
      target: targetOf(person),
    },
    (db) => beginSession(db, { userId: person.id, request, replaces }),
  );
  return { userId: person.id, sessionId };
}

type Person = { id: string; email: string; name: string; passwordHash: string | null; attempts: number | null };

/** Counts before the password is checked, so that attempts in parallel cannot outrun the count. A locked person is not counted. */
async function countAttempt(email: string): Promise<Person | null> {
  const [person] = await writer().$queryRaw<Person[]>`
    WITH person AS (
      SELECT u."id", u."email", u."name", u."passwordHash",
        EXISTS (SELECT 1 FROM "Lockout" l WHERE l."userId" = u."id" AND l."until" > now()) AS "locked"
      FROM "User" u WHERE u."email" = ${email}
    ), counted AS (
      UPDATE "User" SET "failedSignIns" = "failedSignIns" + 1 FROM person
      WHERE "User"."id" = person."id" AND NOT person."locked" RETURNING "failedSignIns"
    )
    SELECT "id", "email", "name", "passwordHash", (SELECT "failedSignIns" FROM counted) AS "attempts" FROM person`;
  return person ?? null;
}

async function refuse(person: Person | null, request: RequestInfo): Promise<AppError> {
  await record({ person, request, code: "UNAUTHENTICATED" });
  if (person?.attempts && person.attempts >= maxFailedSignIns) await lockOut(person, request);
  return new AppError("UNAUTHENTICATED", { userMessage: signInRefused });
}

// What was typed stays out of it: people type passwords into the wrong field.
async function record({ person, request, code }: { person: Person | null; request: RequestInfo; code: string }): Promise<void> {
  await recordEvent({
    context: attemptContext(request),
    operation: "user.signIn",
    outcome: "denied",
    summary: person ? `Sign-in as ${person.name} was refused` : "Sign-in with an unknown address was refused",
    target: person ? targetOf(person) : undefined,
    metadata: { code },
  });
}

async function beginSession(db: Transaction, { userId, request, replaces }: { userId: string } & Pick<SignIn, "request" | "replaces">) {
  await db.$executeRaw`UPDATE "User" SET "failedSignIns" = 0, "lastSeenAt" = now() WHERE "id" = ${userId}`;
  if (replaces) await db.$executeRaw`UPDATE "Session" SET "endedAt" = now() WHERE "id" = ${replaces} AND "endedAt" IS NULL`;
  const [session] = await db.$queryRaw<{ id: string }[]>`
    INSERT INTO "Session" ("userId", "sourceIp", "userAgent") VALUES (${userId}, ${request.sourceIp}, ${request.userAgent}) RETURNING "id"`;
  if (!session) throw new AppError("INTERNAL", { message: "The session was not written." });
  return session.id;
}

function targetOf({ id, name }: Person) {
  return { type: "User", id, label: name };
}
