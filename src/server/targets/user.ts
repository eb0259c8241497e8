import type { Prisma } from "#generated/prisma/client.ts";
import { defineTarget } from "./define-target.ts";
import { user } from "./select.ts";

export const userTarget = defineTarget({
  title: "User",
  find: (db, where: Prisma.UserWhereInput) =>
    db.user.findFirst({
      where,
      select: {
        ...user.select,
        passwordChangedAt: true,
        emailVerifiedAt: true,
        totpEnabledAt: true,
        lockout: { select: { id: true, until: true } },
      },
      relationLoadStrategy: "join",
    }),
  label: (row) => row.name,
  organizationId: () => null,
  phrase: (row) => row.email,
  phraseBelongsTo: (row) => row.id,
  path: (row) => `/admin/users/${row.id}`,
  userField: "id",
});
