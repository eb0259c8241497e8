import { monitorColumns, monitorDefaults, monitorInput } from "#domain/monitors.ts";
import { webhookEvent } from "#server/effects/webhook.ts";
import { defineOperation } from "#server/operation.ts";

export const monitorUpdate = defineOperation({
  name: "monitor.update",
  title: "Edit monitor",
  description: "Its name and when a ping is expected; the ping address stays. By a new schedule it may be late at once.",
  target: "Monitor",
  allowCustomer: { owner: true, admin: true, member: true },
  risk: "routine",
  whileImpersonating: "whenWriting",
  input: monitorInput,
  defaults: monitorDefaults,
  summary: ({ target }) => `Edit the monitor ${target.name}`,
  async run({ db, target, input, effect }) {
    const data = { ...monitorColumns(input), nextCheckAt: new Date() };
    await db.monitor.update({ where: { id: target.id }, data, select: { id: true } });
    effect(
      webhookEvent({ event: "monitor.updated", organizationId: target.organizationId, data: { monitorId: target.id, name: input.name } }),
    );
  },
});
