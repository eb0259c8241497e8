import { expandRoles } from "#domain/roles.ts";
import { Prisma } from "#generated/prisma/client.ts";
import type { StaffRole } from "#generated/prisma/enums.ts";
import type { StaffActor } from "../actor.ts";
import { reader } from "../db.ts";
import { findSessionId } from "./session-token.ts";
import { touchStaffSession } from "./touch.ts";

/** Whether a StaffSession (as s) still counts: not ended, within its 8 hours, and used within the last 30 minutes. */
export const staffSessionIsOpen = Prisma.sql`s."endedAt" IS NULL AND s."expiresAt" > now() AND s."lastSeenAt" > now() - interval '30 minutes'`;
/** Roles from the identity provider (StaffSession as s) with those granted here (StaffMember as m). */
export const staffRolesOf = Prisma.sql`
  s."groupRoles"::text[] || ARRAY(SELECT g."role"::text FROM "StaffRoleGrant" g WHERE g."staffMemberId" = m."id")`;
export const staffSessionIsStale = Prisma.sql`s."lastSeenAt" < now() - interval '60 seconds'`;

type Row = {
  id: string;
  name: string;
  email: string;
  authenticatedAt: Date;
  roles: StaffRole[];
  stale: boolean;
  impersonating: string | null;
};

/** The staff member whose session the cookie names, if that session still counts by the database's clock. */
export async function findStaffActor(headers: Headers): Promise<StaffActor | null> {
  const sessionId = await findSessionId(headers, "staff");
  if (!sessionId) return null;
  const [row] = await reader().$queryRaw<Row[]>`
    SELECT m."id", m."name", m."email", s."authenticatedAt", ${staffRolesOf} AS "roles", ${staffSessionIsStale} AS "stale",
      (SELECT max(i."id") FROM "Impersonation" i
        WHERE i."staffSessionId" = s."id" AND i."endedAt" IS NULL AND i."expiresAt" > now()) AS "impersonating"
    FROM "StaffSession" s JOIN "StaffMember" m ON m."id" = s."staffMemberId"
    WHERE s."id" = ${sessionId} AND ${staffSessionIsOpen}`;
  if (!row) return null;
  if (row.stale) touchStaffSession(sessionId);
  const { id, name, email, authenticatedAt, impersonating } = row;
  return { type: "staff", id, label: name, email, roles: expandRoles(row.roles), sessionId, authenticatedAt, impersonating };
}
