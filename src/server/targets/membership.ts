import type { Prisma } from "#generated/prisma/client.ts";
import { defineTarget } from "./define-target.ts";
import { organization, user } from "./select.ts";

export const membershipTarget = defineTarget({
  title: "Membership",
  find: (db, where: Prisma.MembershipWhereInput) =>
    db.membership.findFirst({
      where,
      select: { id: true, role: true, elevatedRole: true, elevatedUntil: true, organizationId: true, userId: true, user, organization },
      relationLoadStrategy: "join",
    }),
  label: (row) => `${row.user.name} in ${row.organization.name}`,
  organizationId: (row) => row.organizationId,
  phrase: (row) => row.user.email,
  phraseBelongsTo: (row) => row.userId,
  path: (row) => `/admin/users/${row.userId}`,
  organizationField: "organizationId",
  userField: "userId",
});
