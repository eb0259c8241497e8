import type { StaffRole } from "#generated/prisma/enums.ts";

/** Each role with the roles whose rights it includes. */
export const staffRoles = {
  viewer: { implies: [], title: "Viewer", description: "Reads everything, changes nothing" },
  support: { implies: ["viewer"], title: "Support", description: "Impersonates, helps people, extends trials within limits" },
  billing: { implies: ["viewer"], title: "Billing", description: "Money; does not impersonate" },
  operations: { implies: ["support", "billing"], title: "Operations", description: "Support and billing, and what cannot be undone" },
  engineering: { implies: ["operations"], title: "Engineering", description: "Operations, and flags, settings and jobs" },
  admin: { implies: ["engineering"], title: "Admin", description: "Everything, and who has which role" },
} as const satisfies Record<StaffRole, { implies: readonly StaffRole[]; title: string; description: string }>;

export const staffRoleNames = Object.keys(staffRoles) as StaffRole[];

/** The roles given and all that they include, weakest first. */
export function expandRoles(roles: readonly StaffRole[]): StaffRole[] {
  const found = new Set<StaffRole>();
  const visit = (role: StaffRole): void => {
    found.add(role);
    staffRoles[role].implies.forEach(visit);
  };
  roles.forEach(visit);
  return staffRoleNames.filter((role) => found.has(role));
}

/** Whether these roles see customers' personal data without asking; the others reveal it, person by person. */
export function readsPersonalData(roles: readonly StaffRole[]): boolean {
  return roles.includes("billing");
}

/** Roles as the identity provider's groups give them: "countersign-support" → support. */
export function rolesFromGroups(groups: readonly string[]): StaffRole[] {
  return staffRoleNames.filter((role) => groups.includes(`countersign-${role}`));
}

/** The roles that say it all: without those that another one includes. */
export function strongestRoles(roles: readonly StaffRole[]): StaffRole[] {
  return roles.filter((role) => !roles.some((other) => other !== role && expandRoles([other]).includes(role)));
}
