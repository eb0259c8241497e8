import type { Prisma } from "#generated/prisma/client.ts";
import { bulkTitle } from "../bulk/bulk-title.ts";
import { defineTarget } from "./define-target.ts";

export const bulkRunTarget = defineTarget({
  title: "Bulk run",
  // Without the counts: they move while it is prepared and worked through. Only who is left out is settled once it is prepared.
  find: async (db, where: Prisma.BulkRunWhereInput) => {
    const found = await db.bulkRun.findFirst({
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
        refused: true,
      },
    });
    if (!found) return null;
    const { refused, ...row } = found;
    return { ...row, toRun: row.state === "preparing" ? row.total : row.total - refused };
  },
  label: (row) => bulkTitle(row),
  organizationId: () => null,
  phrase: (row) => String(row.total),
  path: (row) => `/admin/bulk/${row.id}`,
});
