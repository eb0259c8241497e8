import type { OrganizationRole } from "#generated/prisma/enums.ts";
import { allOfThese } from "#lib/text.ts";
import type { OnBehalfOf } from "#server/actor.ts";
import { AppError } from "#server/errors.ts";

/** For pages that are not for everybody in the organization. Throws FORBIDDEN, saying for whom they are. */
export function requireRole(seat: OnBehalfOf, organization: { id: string; name: string }, roles: readonly OrganizationRole[]): void {
  const has = seat.memberships.some(({ organizationId, role }) => organizationId === organization.id && roles.includes(role));
  if (has) return;
  const names = allOfThese(roles.map((role) => `${role}s`));
  throw new AppError("FORBIDDEN", { userMessage: `This page is for ${names} of ${organization.name}.` });
}
