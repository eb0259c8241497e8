import { expandRoles, rolesFromGroups } from "#domain/roles.ts";
import type { StaffRole } from "#generated/prisma/enums.ts";
import type { RequestInfo, StaffActor } from "../actor.ts";
import { inAuditScope, recordEvent, type Transaction, transaction } from "../db.ts";
import { AppError } from "../errors.ts";
import { staffSessionIsOpen } from "./find-staff-actor.ts";
import { attemptContext, signInContext } from "./sign-in-context.ts";
import { findStaffRefusal, type StaffClaims, type StaffRefusal, staffGroup } from "./staff-claims.ts";

/** Why this person may not come in, recorded in the audit, or null. */
export async function refuseStaff(claims: StaffClaims, request: RequestInfo): Promise<StaffRefusal | null> {
  const refusal = findStaffRefusal(claims);
  if (!refusal) return null;
  await recordEvent({
    context: attemptContext(request, claims.email),
    operation: "staff.signIn",
    outcome: "denied",
    summary: `Staff sign-in of ${claims.name} was refused: ${refusal === "group" ? `not in ${staffGroup}` : "no second factor"}`,
    metadata: { refusal, subject: claims.sub },
  });
  return refusal;
}

type SignIn = {
  claims: StaffClaims;
  request: RequestInfo;
  /** The session that this browser has now; it ends. What it is viewing goes on only for the same person. */
  replaces: string | null;
};

/** Begins a staff session and gives its id; throws FORBIDDEN for anybody who should have been refused. */
export async function signInStaff({ claims, request, replaces }: SignIn): Promise<string> {
  if (findStaffRefusal(claims)) throw new AppError("FORBIDDEN");
  return transaction(async (db) => {
    const { id, grants } = await findMember(db, claims);
    const groupRoles = rolesFromGroups(claims.groups);
    const event = {
      context: signInContext(request, actorOf(claims, { id, roles: expandRoles([...groupRoles, ...grants]) })),
      operation: "staff.signIn",
      outcome: "succeeded",
      summary: `${claims.name} signed in`,
      target: { type: "StaffMember", id, label: claims.name },
    } as const;
    return inAuditScope(db, event, () => beginSession(db, { id, claims, groupRoles, request, replaces }));
  });
}

/** The id of this person here, made up beforehand for a new one because the event comes before the row. */
async function findMember(db: Transaction, { iss, sub }: StaffClaims): Promise<{ id: string; grants: StaffRole[] }> {
  const [known] = await db.$queryRaw<{ id: string; grants: StaffRole[] }[]>`
    SELECT m."id", ARRAY(SELECT g."role"::text FROM "StaffRoleGrant" g WHERE g."staffMemberId" = m."id") AS "grants"
    FROM "StaffMember" m WHERE m."issuer" = ${iss} AND m."subject" = ${sub}`;
  if (known) return known;
  const [made] = await db.$queryRaw<{ id: string }[]>`SELECT new_id('stf') AS "id"`;
  if (!made) throw new AppError("INTERNAL", { message: "No id was made." });
  return { id: made.id, grants: [] };
}

type Session = { id: string; groupRoles: readonly StaffRole[] } & SignIn;

async function beginSession(db: Transaction, { id, claims, groupRoles, request, replaces }: Session): Promise<string> {
  await db.$executeRaw`
    INSERT INTO "StaffMember" ("id", "issuer", "subject", "email", "name")
    VALUES (${id}, ${claims.iss}, ${claims.sub}, ${claims.email}, ${claims.name})
    ON CONFLICT ("issuer", "subject") DO UPDATE SET "email" = excluded."email", "name" = excluded."name"`;
  const continues = replaces !== null && (await isOpenFor(db, { sessionId: replaces, staffMemberId: id }));
  if (replaces) await db.$executeRaw`UPDATE "StaffSession" SET "endedAt" = now() WHERE "id" = ${replaces} AND "endedAt" IS NULL`;
  const [session] = await db.$queryRaw<{ id: string }[]>`
    INSERT INTO "StaffSession" ("staffMemberId", "groupRoles", "sourceIp", "userAgent", "authenticatedAt")
    VALUES (${id}, ${[...groupRoles]}::"StaffRole"[], ${request.sourceIp}, ${request.userAgent}, least(to_timestamp(${claims.auth_time}::int), now()))
    RETURNING "id"`;
  if (!session) throw new AppError("INTERNAL", { message: "The session was not written." });
  if (continues) await takeAlong(db, { from: replaces, to: session.id });
  return session.id;
}

async function isOpenFor(db: Transaction, { sessionId, staffMemberId }: { sessionId: string; staffMemberId: string }): Promise<boolean> {
  const rows = await db.$queryRaw<unknown[]>`
    SELECT 1 FROM "StaffSession" s WHERE s."id" = ${sessionId} AND s."staffMemberId" = ${staffMemberId} AND ${staffSessionIsOpen} FOR UPDATE`;
  return rows.length === 1;
}

/** The same person proved again who they are, as stepping up asks: what they are viewing as a customer goes on, as long as before. */
async function takeAlong(db: Transaction, { from, to }: { from: string; to: string }): Promise<void> {
  await db.$executeRaw`
    UPDATE "Impersonation" SET "staffSessionId" = ${to} WHERE "staffSessionId" = ${from} AND "endedAt" IS NULL AND "expiresAt" > now()`;
}

function actorOf({ name, email, auth_time: authTime }: StaffClaims, { id, roles }: Pick<StaffActor, "id" | "roles">): StaffActor {
  const authenticatedAt = new Date(authTime * 1000);
  return { type: "staff", id, label: name, email, roles, sessionId: "", authenticatedAt, impersonating: null };
}
