import type { Prisma } from "#generated/prisma/client.ts";
import { defineTarget } from "./define-target.ts";

export const bulkRunTarget = defineTarget({
  title: "Bulk run",
  // Without the counts: they move while it is prepared and worked through.
  find: (db, where: Prisma.BulkRunWhereInput) =>
    db.bulkRun.findFirst({
      where,
      select: {
        id: true,
        operation: true,
        input: true,
        reason: true,
        ticket: true,
        requesterId: true,
        requesterLabel: true,
        state: true,
        total: true,
        digest: true,
      },
    }),
  label: (row) => `${row.operation} on ${row.total.toLocaleString("en-GB")}`,
  organizationId: () => null,
  phrase: (row) => String(row.total),
  path: (row) => `/admin/bulk/${row.id}`,
});
