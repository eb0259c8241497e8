import type { Prisma } from "#generated/prisma/client.ts";
import { defineTarget } from "./define-target.ts";

export const apiKeyTarget = defineTarget({
  title: "API key",
  find: (db, where: Prisma.ApiKeyWhereInput) =>
    db.apiKey.findFirst({ where, select: { id: true, organizationId: true, name: true, prefix: true, scopes: true, revokedAt: true } }),
  label: (row) => `${row.name} (${row.prefix}…)`,
  organizationId: (row) => row.organizationId,
  phrase: (row) => row.prefix,
  path: (row) => `/admin/organizations/${row.organizationId}`,
  organizationField: "organizationId",
});
