import { expandRoles } from "#domain/roles.ts";
import type { StaffRole } from "#generated/prisma/enums.ts";
import type { SignedInContext } from "./actor.ts";
import type { Transaction } from "./db.ts";
import { effectiveRoleOf } from "./effective-role.ts";
import { AppError } from "./errors.ts";

/**
 * Looks again, inside the transaction, at what the actor's rights were read from: a request may have waited while they
 * were taken away. Throws UNAUTHENTICATED or FORBIDDEN where they were.
 */
export async function requireStillEntitled(db: Transaction, { actor }: SignedInContext): Promise<void> {
  if (actor.type === "staff") {
    const [session] = await db.$queryRaw<{ roles: StaffRole[] }[]>`
      SELECT s."groupRoles"::text[] || ARRAY(SELECT g."role"::text FROM "StaffRoleGrant" g WHERE g."staffMemberId" = s."staffMemberId") AS "roles"
      FROM "StaffSession" s WHERE s."id" = ${actor.sessionId} AND s."endedAt" IS NULL AND s."expiresAt" > now() FOR SHARE`;
    if (!session) throw new AppError("UNAUTHENTICATED");
    const current = new Set(expandRoles(session.roles));
    if (!actor.roles.every((role) => current.has(role))) throw new AppError("FORBIDDEN", { userMessage: "Your roles have just changed." });
  } else if (actor.type === "service") {
    const keys = await db.$queryRaw<unknown[]>`SELECT 1 FROM "ApiKey" WHERE "id" = ${actor.id} AND "revokedAt" IS NULL FOR SHARE`;
    if (keys.length === 0) throw new AppError("UNAUTHENTICATED", { userMessage: "This API key was revoked." });
  } else if (actor.type === "user") {
    const sessions = await db.$queryRaw<unknown[]>`
      SELECT 1 FROM "Session" WHERE "id" = ${actor.sessionId} AND "endedAt" IS NULL AND "expiresAt" > now() FOR SHARE`;
    if (sessions.length === 0) throw new AppError("UNAUTHENTICATED");
    const rows = await db.$queryRaw<{ organizationId: string; role: string }[]>`
      SELECT "organizationId", ${effectiveRoleOf}::text AS "role" FROM "Membership" p WHERE "userId" = ${actor.id} FOR SHARE`;
    const current = new Set(rows.map(({ organizationId, role }) => `${organizationId} ${role}`));
    if (!actor.memberships.every(({ organizationId, role }) => current.has(`${organizationId} ${role}`))) {
      throw new AppError("FORBIDDEN", { userMessage: "Your role has just changed." });
    }
  }
}
