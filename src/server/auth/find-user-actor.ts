import type { UserActor, UserMembership } from "../actor.ts";
import { reader } from "../db.ts";
import { findSessionId } from "./session-token.ts";
import { touchUserSession } from "./touch.ts";

export type FoundUser = {
  actor: UserActor;
  /** Names of this person's organizations that are suspended: they are not among the memberships. */
  suspendedOrganizations: readonly string[];
};

type Row = {
  id: string;
  name: string;
  email: string;
  stale: boolean;
  memberships: (UserMembership & { organizationName: string; suspended: boolean })[];
};

/** The customer whose session the cookie names, if that session still counts by the database's clock. */
export async function findUserActor(headers: Headers): Promise<FoundUser | null> {
  const sessionId = await findSessionId(headers, "product");
  if (!sessionId) return null;
  const [row] = await reader().$queryRaw<Row[]>`
    SELECT u."id", u."name", u."email", s."lastSeenAt" < now() - interval '60 seconds' AS "stale",
      coalesce((
        SELECT json_agg(json_build_object('organizationId', o."id", 'organizationName', o."name", 'role', m."role",
          'suspended', EXISTS (SELECT 1 FROM "Suspension" x WHERE x."organizationId" = o."id")) ORDER BY o."name", o."id")
        FROM "Membership" m JOIN "Organization" o ON o."id" = m."organizationId" WHERE m."userId" = u."id"
      ), '[]') AS "memberships"
    FROM "Session" s JOIN "User" u ON u."id" = s."userId"
    WHERE s."id" = ${sessionId} AND s."endedAt" IS NULL AND s."expiresAt" > now()`;
  if (!row) return null;
  if (row.stale) touchUserSession(sessionId, { onBehalfOf: null });
  const { id, name, email } = row;
  const memberships = row.memberships.filter(({ suspended }) => !suspended).map(({ organizationId, role }) => ({ organizationId, role }));
  const suspendedOrganizations = row.memberships.filter(({ suspended }) => suspended).map(({ organizationName }) => organizationName);
  return { actor: { type: "user", id, label: name, email, memberships, sessionId }, suspendedOrganizations };
}
