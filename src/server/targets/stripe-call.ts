import type { Prisma } from "#generated/prisma/client.ts";
import { defineTarget } from "./define-target.ts";
import { organization } from "./select.ts";

export const stripeCallTarget = defineTarget({
  title: "Call to Stripe",
  find: (db, where: Prisma.StripeCallWhereInput) =>
    db.stripeCall.findFirst({
      where,
      select: {
        id: true,
        organizationId: true,
        kind: true,
        objectId: true,
        parameters: true,
        state: true,
        stripeId: true,
        failure: true,
        eventId: true,
        organization,
      },
      relationLoadStrategy: "join",
    }),
  label: (row) => `Stripe: ${row.kind} (${row.organization.name})`,
  organizationId: (row) => row.organizationId,
  phrase: (row) => row.organization.slug,
  path: (row) => `/admin/organizations/${row.organizationId}`,
});
