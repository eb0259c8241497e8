import type { Prisma } from "#generated/prisma/client.ts";
import { defineTarget } from "./define-target.ts";
import { user } from "./select.ts";

export const sessionTarget = defineTarget({
  title: "Session",
  find: (db, where: Prisma.SessionWhereInput) =>
    db.session.findFirst({ where, select: { id: true, userId: true, endedAt: true, user }, relationLoadStrategy: "join" }),
  label: (row) => `Session of ${row.user.name}`,
  organizationId: () => null,
  phrase: (row) => row.user.email,
  phraseBelongsTo: (row) => row.userId,
  path: (row) => `/admin/users/${row.userId}`,
  userField: "userId",
});
