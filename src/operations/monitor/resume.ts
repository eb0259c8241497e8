import { z } from "zod";
import { webhookEvent } from "#server/effects/webhook.ts";
import { startWaiting } from "#server/monitors/start-waiting.ts";
import { defineOperation } from "#server/operation.ts";

export const monitorResume = defineOperation({
  name: "monitor.resume",
  title: "Resume monitor",
  description: "It waits for its next ping and is watched from then on.",
  target: "Monitor",
  allowCustomer: { owner: true, admin: true, member: true },
  risk: "routine",
  whileImpersonating: "whenWriting",
  input: z.strictObject({}),
  unavailable: (target) => (target.pausedAt ? null : `${target.name} is not paused.`),
  inverse: () => ({ operation: "monitor.pause" }),
  summary: ({ target }) => `Resume the monitor ${target.name}`,
  async run({ db, target: { id, name, organizationId }, effect }) {
    await db.monitor.update({ where: { id }, data: { pausedAt: null }, select: { id: true } });
    await startWaiting(db, id);
    effect(webhookEvent({ event: "monitor.updated", organizationId, data: { monitorId: id, name, paused: false } }));
  },
});
