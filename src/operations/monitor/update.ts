import { z } from "zod";
import { monitorFields } from "#domain/monitors.ts";
import { defineOperation } from "#server/operation.ts";

export const monitorUpdate = defineOperation({
  name: "monitor.update",
  title: "Edit monitor",
  description: "Its name and when a ping is expected; the ping address stays.",
  target: "Monitor",
  allowCustomer: { owner: true, admin: true, member: true },
  risk: "routine",
  input: z.strictObject(monitorFields),
  defaults: (target) => ({ name: target.name, intervalMinutes: target.intervalSeconds / 60, graceMinutes: target.graceSeconds / 60 }),
  summary: ({ target }) => `Edit the monitor ${target.name}`,
  async run({ db, target, input: { name, intervalMinutes, graceMinutes } }) {
    await db.monitor.update({
      where: { id: target.id },
      data: { name, intervalSeconds: intervalMinutes * 60, graceSeconds: graceMinutes * 60 },
      select: { id: true },
    });
  },
});
