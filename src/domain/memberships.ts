import type { OrganizationRole } from "#generated/prisma/enums.ts";
import { formatTime } from "#lib/format-time.ts";

/** Weakest first. */
export const organizationRoles = ["member", "admin", "owner"] as const satisfies readonly OrganizationRole[];

export type Elevation = { role: OrganizationRole; elevatedRole: OrganizationRole | null; elevatedUntil: Date | null };

/** The lent role that counts now, and until when; null once its time has passed, though nobody has done anything. */
export function elevationOf({ elevatedRole, elevatedUntil }: Elevation, now = new Date()): { role: OrganizationRole; until: Date } | null {
  return elevatedRole && elevatedUntil && elevatedUntil > now ? { role: elevatedRole, until: elevatedUntil } : null;
}

export function effectiveRole(membership: Elevation, now = new Date()): OrganizationRole {
  return elevationOf(membership, now)?.role ?? membership.role;
}

/** "admin", or "admin until 3 Mar 2027, 14:00 UTC, then member". */
export function describeRole(membership: Elevation, now = new Date()): string {
  const elevation = elevationOf(membership, now);
  return elevation ? `${elevation.role} until ${formatTime(elevation.until)}, then ${membership.role}` : membership.role;
}

export function isHigher(role: OrganizationRole, than: OrganizationRole): boolean {
  return organizationRoles.indexOf(role) > organizationRoles.indexOf(than);
}

/** "an admin", "a member". */
export function aRole(role: OrganizationRole): string {
  return role === "member" ? "a member" : `an ${role}`;
}
