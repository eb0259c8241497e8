import { encode } from "next-auth/jwt";
import type { ClosedOrganization, ClosureKind } from "#domain/closures.ts";
import { expandRoles } from "#domain/roles.ts";
import { env } from "#env.ts";
import { Prisma } from "#generated/prisma/client.ts";
import type { ImpersonationMode, OrganizationRole, StaffRole } from "#generated/prisma/enums.ts";
import type { ActiveImpersonation, OnBehalfOf, StaffActor } from "./actor.ts";
import { cookieOptions, findCookie, impersonationCookieFullName } from "./auth/cookies.ts";
import { staffRolesOf, staffSessionIsOpen, staffSessionIsStale } from "./auth/find-staff-actor.ts";
import { findIdInToken } from "./auth/session-token.ts";
import { touchStaffSession } from "./auth/touch.ts";
import { closureKind, maintenanceMessage } from "./closure.ts";
import { reader } from "./db.ts";
import { effectiveRoleOf } from "./effective-role.ts";
import { supportAccessStands } from "./support-access.ts";

const halfAnHour = 30 * 60;
const workingDay = 8 * 60 * 60;

export type FoundImpersonation = {
  actor: StaffActor;
  onBehalfOf: OnBehalfOf;
  impersonation: ActiveImpersonation;
  closedOrganizations: readonly ClosedOrganization[];
  /** What customers read instead while their organization is under maintenance; staff look past it. */
  maintenance: string | null;
};

/** The cookie that makes the product show what this impersonation's user sees. Whether it still counts is the database's word. */
export async function impersonationCookie(impersonationId: string) {
  const name = impersonationCookieFullName();
  // The token outlives the cookie, so that a late request can still be told which impersonation has ended.
  const value = await encode({ token: { impersonationId }, secret: env().STAFF_AUTH_SECRET, salt: name, maxAge: workingDay });
  return { name, value, options: { ...cookieOptions("/"), maxAge: halfAnHour } };
}

/** Takes the impersonation cookie away. */
export function endedImpersonationCookie() {
  return { name: impersonationCookieFullName(), value: "", options: { ...cookieOptions("/"), maxAge: 0 } };
}

/** The impersonation that the request's cookie names, whether or not it still counts. */
export function findImpersonationId(headers: Headers): Promise<string | null> {
  const name = impersonationCookieFullName();
  return findIdInToken({ token: findCookie(headers, name), secret: env().STAFF_AUTH_SECRET, salt: name, claim: "impersonationId" });
}

type Row = {
  expiresAt: Date;
  mode: ImpersonationMode;
  reason: string;
  ticket: string;
  organizationId: string;
  organizationName: string;
  organizationSlug: string;
  closed: ClosureKind | null;
  maintenanceMessage: string | null;
  userId: string;
  userName: string;
  userEmail: string;
  userRole: OrganizationRole;
  staffMemberId: string;
  staffName: string;
  staffEmail: string;
  staffSessionId: string;
  authenticatedAt: Date;
  roles: StaffRole[];
  stale: boolean;
};

const ofO = Prisma.sql`o."id"`;

/** Both people of an impersonation that still counts: it is open, so is its staff session, and both the right to it and the customer's word remain. */
export async function findImpersonation(id: string): Promise<FoundImpersonation | null> {
  const [row] = await reader().$queryRaw<Row[]>`
    SELECT i."expiresAt", i."mode"::text AS "mode", i."ticket",
      CASE i."mode" WHEN 'write' THEN coalesce(i."writeReason", i."reason") ELSE i."reason" END AS "reason", o."id" AS "organizationId", o."name" AS "organizationName", o."slug" AS "organizationSlug",
      ${closureKind(ofO)} AS "closed", ${maintenanceMessage(ofO)} AS "maintenanceMessage",
      u."id" AS "userId", u."name" AS "userName", u."email" AS "userEmail", ${effectiveRoleOf}::text AS "userRole",
      m."id" AS "staffMemberId", m."name" AS "staffName", m."email" AS "staffEmail", s."id" AS "staffSessionId",
      s."authenticatedAt", ${staffRolesOf} AS "roles", ${staffSessionIsStale} AS "stale"
    FROM "Impersonation" i
    JOIN "StaffSession" s ON s."id" = i."staffSessionId"
    JOIN "StaffMember" m ON m."id" = s."staffMemberId" AND m."id" = i."staffMemberId"
    JOIN "User" u ON u."id" = i."userId"
    JOIN "Organization" o ON o."id" = i."organizationId"
    JOIN "Membership" p ON p."userId" = u."id" AND p."organizationId" = o."id"
    WHERE i."id" = ${id} AND i."endedAt" IS NULL AND i."expiresAt" > now() AND ${staffSessionIsOpen} AND ${supportAccessStands}`;
  if (!row) return null;
  const roles = expandRoles(row.roles);
  if (!roles.includes("support")) return null;
  if (row.stale) touchStaffSession(row.staffSessionId);
  return { ...people(id, row, roles), ...organization(id, row) };
}

function people(id: string, row: Row, roles: StaffRole[]): Pick<FoundImpersonation, "actor" | "onBehalfOf"> {
  const { organizationId, userRole: role } = row;
  return {
    actor: {
      type: "staff",
      id: row.staffMemberId,
      label: row.staffName,
      email: row.staffEmail,
      roles,
      sessionId: row.staffSessionId,
      authenticatedAt: row.authenticatedAt,
      impersonating: id,
    },
    onBehalfOf: { id: row.userId, label: row.userName, email: row.userEmail, memberships: isShut(row) ? [] : [{ organizationId, role }] },
  };
}

function organization(id: string, row: Row): Pick<FoundImpersonation, "impersonation" | "closedOrganizations" | "maintenance"> {
  const { mode, expiresAt, reason, ticket, organizationId, organizationName } = row;
  return {
    impersonation: { id, mode, expiresAt, reason, ticket, organizationId, organizationName },
    closedOrganizations: isShut(row)
      ? [{ id: organizationId, name: organizationName, slug: row.organizationSlug, kind: row.closed, message: null }]
      : [],
    maintenance: row.closed === "maintenance" ? row.maintenanceMessage : null,
  };
}

function isShut(row: Row): row is Row & { closed: Exclude<ClosureKind, "maintenance"> } {
  return row.closed !== null && row.closed !== "maintenance";
}
