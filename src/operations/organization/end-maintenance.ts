import { z } from "zod";
import { defineOperation } from "#server/operation.ts";

export const organizationEndMaintenance = defineOperation({
  name: "organization.endMaintenance",
  title: "End maintenance",
  description: "Opens the product to its people again.",
  target: "Organization",
  allow: { operations: true },
  risk: "routine",
  bulk: true,
  input: z.strictObject({}),
  unavailable: (target) => (target.maintenance ? null : `${target.name} is not under maintenance.`),
  inverse: ({ changes }) => ({ operation: "organization.startMaintenance", input: { message: changes[0]?.before?.message } }),
  summary: ({ target }) => `End the maintenance of ${target.name}`,
  async run({ db, target }) {
    await db.maintenance.delete({ where: { organizationId: target.id }, select: { id: true } });
  },
});
