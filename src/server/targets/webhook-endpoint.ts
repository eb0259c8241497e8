import type { Prisma } from "#generated/prisma/client.ts";
import { defineTarget } from "./define-target.ts";

export const webhookEndpointTarget = defineTarget({
  title: "Webhook",
  find: (db, where: Prisma.WebhookEndpointWhereInput) =>
    db.webhookEndpoint.findFirst({ where, select: { id: true, organizationId: true, url: true, events: true } }),
  label: (row) => row.url,
  organizationId: (row) => row.organizationId,
  phrase: (row) => new URL(row.url).host,
  path: (row) => `/admin/organizations/${row.organizationId}`,
  organizationField: "organizationId",
});
