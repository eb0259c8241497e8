import type { Prisma } from "#generated/prisma/client.ts";
import { defineTarget } from "./define-target.ts";

export const monitorTarget = defineTarget({
  title: "Monitor",
  find: (db, where: Prisma.MonitorWhereInput) =>
    db.monitor.findFirst({
      where,
      select: {
        id: true,
        name: true,
        organizationId: true,
        scheduleKind: true,
        intervalSeconds: true,
        graceSeconds: true,
        cron: true,
        timeZone: true,
        pausedAt: true,
      },
    }),
  label: (row) => row.name,
  organizationId: (row) => row.organizationId,
  phrase: (row) => row.name,
  path: (row) => `/admin/organizations/${row.organizationId}`,
  organizationField: "organizationId",
});
