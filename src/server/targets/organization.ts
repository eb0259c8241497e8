import type { Prisma } from "#generated/prisma/client.ts";
import { defineTarget } from "./define-target.ts";
import { subscriptionColumns } from "./select.ts";

export const organizationTarget = defineTarget({
  title: "Organization",
  find: (db, where: Prisma.OrganizationWhereInput) =>
    db.organization.findFirst({
      where,
      select: {
        id: true,
        name: true,
        slug: true,
        stripeCustomerId: true,
        subscription: {
          select: {
            ...subscriptionColumns,
            plan: { select: { name: true, seats: true } },
          },
        },
        retentionDays: true,
        historyPurgedBefore: true,
        suspension: { select: { id: true, reason: true, ticket: true } },
        deactivation: { select: { id: true } },
        deletion: { select: { id: true, dueAt: true } },
        maintenance: { select: { id: true, message: true } },
        limitOverride: { select: { id: true, monitors: true, pingsPerMinute: true, historyDays: true, apiPerMinute: true } },
      },
      relationLoadStrategy: "join",
    }),
  label: (row) => row.name,
  organizationId: (row) => row.id,
  phrase: (row) => row.slug,
  path: (row) => `/admin/organizations/${row.id}`,
  organizationField: "id",
});
