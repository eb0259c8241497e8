import type { Prisma } from "#generated/prisma/client.ts";
import { defineTarget } from "./define-target.ts";

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
        subscription: { select: { id: true, planId: true, status: true, seats: true, trialEndsAt: true, currentPeriodEndsAt: true } },
        suspension: { select: { id: true, reason: true, ticket: true } },
      },
      relationLoadStrategy: "join",
    }),
  label: (row) => row.name,
  organizationId: (row) => row.id,
  phrase: (row) => row.slug,
  path: (row) => `/admin/organizations/${row.id}`,
  organizationField: "id",
});
