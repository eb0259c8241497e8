import type { Prisma } from "#generated/prisma/client.ts";
import { defineTarget } from "./define-target.ts";

export const staffMemberTarget = defineTarget({
  title: "Staff member",
  find: (db, where: Prisma.StaffMemberWhereInput) =>
    db.staffMember.findFirst({
      where,
      select: { id: true, name: true, email: true, roleGrants: { select: { id: true, role: true }, orderBy: { id: "asc" } } },
      relationLoadStrategy: "join",
    }),
  label: (row) => row.name,
  organizationId: () => null,
  phrase: (row) => row.email,
  path: () => "/admin/staff",
});
