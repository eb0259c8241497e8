import { expandRoles } from "#domain/roles.ts";
import type { StaffRole } from "#generated/prisma/enums.ts";

/** The roles that say it all: without those that another one includes. */
export function strongestRoles(roles: readonly StaffRole[]): StaffRole[] {
  return roles.filter((role) => !roles.some((other) => other !== role && expandRoles([other]).includes(role)));
}
