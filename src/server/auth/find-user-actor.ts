import type { ClosedOrganization, ClosureKind } from "#domain/closures.ts";
import { Prisma } from "#generated/prisma/client.ts";
import type { UserActor, UserMembership } from "../actor.ts";
import { closureKind, maintenanceMessage } from "../closure.ts";
import { reader } from "../db.ts";
import { effectiveRoleOf } from "../effective-role.ts";
import { type SupportVisit, supportVisitsOf } from "../support-visits.ts";
import { findSessionId } from "./session-token.ts";
import { touchUserSession } from "./touch.ts";

export type FoundUser = {
  actor: UserActor;
  closedOrganizations: readonly ClosedOrganization[];
  /** Who of the staff is viewing as this person right now. */
  supportVisits: readonly SupportVisit[];
};

type Row = {
  id: string;
  name: string;
  email: string;
  stale: boolean;
  supportVisits: SupportVisit[];
  memberships: (UserMembership & Pick<ClosedOrganization, "name" | "slug" | "message"> & { closed: ClosureKind | null })[];
};

const ofO = Prisma.sql`o."id"`;

/** The customer whose session the cookie names, if that session still counts by the database's clock. */
export async function findUserActor(headers: Headers): Promise<FoundUser | null> {
  const sessionId = await findSessionId(headers, "product");
  if (!sessionId) return null;
  const [row] = await reader().$queryRaw<Row[]>`
    SELECT u."id", u."name", u."email", s."lastSeenAt" < now() - interval '60 seconds' AS "stale",
      coalesce((
        SELECT json_agg(json_build_object('organizationId', o."id", 'name', o."name", 'slug', o."slug", 'role', ${effectiveRoleOf},
          'closed', ${closureKind(ofO)}, 'message', ${maintenanceMessage(ofO)}) ORDER BY o."name", o."id")
        FROM "Membership" p JOIN "Organization" o ON o."id" = p."organizationId" WHERE p."userId" = u."id"
      ), '[]') AS "memberships", ${supportVisitsOf(Prisma.sql`u."id"`)} AS "supportVisits"
    FROM "Session" s JOIN "User" u ON u."id" = s."userId"
    WHERE s."id" = ${sessionId} AND s."endedAt" IS NULL AND s."expiresAt" > now()`;
  if (!row) return null;
  if (row.stale) touchUserSession(sessionId, { onBehalfOf: null });
  const { id, name, email } = row;
  const memberships = row.memberships.filter(({ closed }) => !closed).map(({ organizationId, role }) => ({ organizationId, role }));
  const closedOrganizations = row.memberships.flatMap(({ organizationId, closed, name, slug, message }) =>
    closed ? [{ id: organizationId, name, slug, kind: closed, message }] : [],
  );
  return { actor: { type: "user", id, label: name, email, memberships, sessionId }, closedOrganizations, supportVisits: row.supportVisits };
}
