import { z } from "zod";
import { monitorFields } from "#domain/monitors.ts";
import { plural } from "#lib/text.ts";
import { AppError } from "#server/errors.ts";
import { defineOperation } from "#server/operation.ts";

export const monitorCreate = defineOperation({
  name: "monitor.create",
  title: "Create monitor",
  description: "Expects a ping at an interval and says when none comes.",
  target: "Organization",
  allowCustomer: { owner: true, admin: true, member: true },
  risk: "routine",
  input: z.strictObject(monitorFields),
  summary: ({ target, input }) => `Create the monitor ${input.name} in ${target.name}`,
  async run({ db, target, input }) {
    const subscription = await db.subscription.findUnique({
      where: { organizationId: target.id },
      select: { plan: { select: { monitors: true, name: true } } },
    });
    const limit = subscription?.plan.monitors ?? 0;
    if ((await db.monitor.count({ where: { organizationId: target.id } })) >= limit) {
      throw new AppError("CONFLICT", {
        userMessage: `The ${subscription?.plan.name ?? "current"} plan has ${plural(limit, "monitor")}, and all are in use.`,
      });
    }
    const { name, intervalMinutes, graceMinutes } = input;
    const monitor = await db.monitor.create({
      data: { organizationId: target.id, name, intervalSeconds: intervalMinutes * 60, graceSeconds: graceMinutes * 60 },
      select: { id: true },
    });
    return { monitorId: monitor.id };
  },
});
