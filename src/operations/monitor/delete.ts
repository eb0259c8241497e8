import { z } from "zod";
import { webhookEvent } from "#server/effects/webhook.ts";
import { defineOperation } from "#server/operation.ts";

export const monitorDelete = defineOperation({
  name: "monitor.delete",
  title: "Delete monitor",
  description: "Its history goes with it, and its ping address stops working.",
  target: "Monitor",
  allowCustomer: { owner: true, admin: true },
  risk: "risky",
  input: z.strictObject({}),
  summary: ({ target }) => `Delete the monitor ${target.name}`,
  async run({ db, target: { id, name, organizationId }, effect }) {
    await db.monitor.delete({ where: { id }, select: { id: true } });
    effect(webhookEvent({ event: "monitor.deleted", organizationId, data: { monitorId: id, name } }));
  },
});
