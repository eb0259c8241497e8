import type { Prisma } from "#generated/prisma/client.ts";
import { defineTarget } from "./define-target.ts";
import { organization, user } from "./select.ts";

export const impersonationTarget = defineTarget({
  title: "Impersonation",
  find: (db, where: Prisma.ImpersonationWhereInput) =>
    db.impersonation.findFirst({
      where,
      select: {
        id: true,
        staffMemberId: true,
        staffSessionId: true,
        organizationId: true,
        mode: true,
        reason: true,
        ticket: true,
        expiresAt: true,
        endedAt: true,
        user,
        organization,
        staffMember: { select: { id: true, name: true } },
        review: { select: { id: true } },
      },
      relationLoadStrategy: "join",
    }),
  label: (row) => `${row.staffMember.name} as ${row.user.name} (${row.organization.name})`,
  organizationId: (row) => row.organizationId,
  phrase: (row) => row.user.email,
  phraseBelongsTo: (row) => row.user.id,
  path: (row) => `/admin/impersonations/${row.id}`,
});
