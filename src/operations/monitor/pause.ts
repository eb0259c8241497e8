import { z } from "zod";
import { webhookEvent } from "#server/effects/webhook.ts";
import { startWaiting } from "#server/monitors/start-waiting.ts";
import { defineOperation } from "#server/operation.ts";

export const monitorPause = defineOperation({
  name: "monitor.pause",
  title: "Pause monitor",
  description: "Nothing is expected of it until it is resumed. Pings are still taken and shown.",
  target: "Monitor",
  allowCustomer: { owner: true, admin: true, member: true },
  risk: "routine",
  whileImpersonating: "whenWriting",
  input: z.strictObject({}),
  unavailable: (target) => (target.pausedAt ? `${target.name} is paused already.` : null),
  inverse: () => ({ operation: "monitor.resume" }),
  summary: ({ target }) => `Pause the monitor ${target.name}`,
  async run({ db, target: { id, name, organizationId }, effect }) {
    await db.monitor.update({ where: { id }, data: { pausedAt: new Date() }, select: { id: true } });
    await startWaiting(db, id);
    effect(webhookEvent({ event: "monitor.updated", organizationId, data: { monitorId: id, name, paused: true } }));
  },
});
