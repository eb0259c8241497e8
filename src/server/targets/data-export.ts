import type { Prisma } from "#generated/prisma/client.ts";
import { defineTarget } from "./define-target.ts";
import { organization } from "./select.ts";

export const dataExportTarget = defineTarget({
  title: "Data export",
  find: (db, where: Prisma.DataExportWhereInput) =>
    db.dataExport.findFirst({
      where,
      select: {
        id: true,
        organizationId: true,
        requestedByLabel: true,
        requestedByStaffId: true,
        scopes: true,
        state: true,
        sha256: true,
        bytes: true,
        readyAt: true,
        expiresAt: true,
        organization,
      },
      relationLoadStrategy: "join",
    }),
  label: (row) => `Export of ${row.organization.name}`,
  organizationId: (row) => row.organizationId,
  phrase: (row) => row.organization.slug,
  path: (row) => `/admin/organizations/${row.organizationId}`,
  organizationField: "organizationId",
});
