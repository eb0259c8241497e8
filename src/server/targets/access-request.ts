import type { Prisma } from "#generated/prisma/client.ts";
import { defineTarget } from "./define-target.ts";
import { organization, user } from "./select.ts";

/** Who asked to view whom, why, and how it stands. */
export const accessRequestColumns = {
  id: true,
  organizationId: true,
  userId: true,
  staffMemberId: true,
  staffLabel: true,
  reason: true,
  ticket: true,
  state: true,
  expiresAt: true,
  allowedUntil: true,
} as const;

export const accessRequestTarget = defineTarget({
  title: "Access request",
  find: (db, where: Prisma.AccessRequestWhereInput) =>
    db.accessRequest.findFirst({
      where,
      select: { ...accessRequestColumns, user, organization },
      relationLoadStrategy: "join",
    }),
  label: (row) => `${row.staffLabel} asks to view ${row.organization.name}`,
  organizationId: (row) => row.organizationId,
  phrase: (row) => row.organization.slug,
  path: (row) => `/admin/organizations/${row.organizationId}`,
  organizationField: "organizationId",
});
