import type { Prisma } from "#generated/prisma/client.ts";
import { defineTarget } from "./define-target.ts";

export const planTarget = defineTarget({
  title: "Plan",
  find: (db, where: Prisma.PlanWhereInput) => db.plan.findFirst({ where }),
  label: (row) => row.name,
  organizationId: () => null,
  phrase: (row) => row.id,
  path: () => "/admin/settings",
});
