import { monitorColumns, monitorInput } from "#domain/monitors.ts";
import { plural } from "#lib/text.ts";
import { webhookEvent } from "#server/effects/webhook.ts";
import { AppError } from "#server/errors.ts";
import { findLimits } from "#server/limits.ts";
import { defineOperation } from "#server/operation.ts";

export const monitorCreate = defineOperation({
  name: "monitor.create",
  title: "Create monitor",
  description: "Expects a ping at an interval or at certain times, and says when none comes.",
  target: "Organization",
  allowCustomer: { owner: true, admin: true, member: true },
  risk: "routine",
  whileImpersonating: "whenWriting",
  input: monitorInput,
  summary: ({ target, input }) => `Create the monitor ${input.name} in ${target.name}`,
  async run({ db, target, input, effect }) {
    // The organization's row is locked, so two at once count one after the other.
    const [limits, count] = [await findLimits(db, target.id), await db.monitor.count({ where: { organizationId: target.id } })];
    const most = limits?.monitors ?? 0;
    if (count >= most) {
      throw new AppError("CONFLICT", {
        userMessage: `${target.name} may have ${plural(most, "monitor")}, and has ${count}. Delete one, or have an owner choose a larger plan.`,
      });
    }
    const monitor = await db.monitor.create({ data: { organizationId: target.id, ...monitorColumns(input) }, select: { id: true } });
    effect(webhookEvent({ event: "monitor.created", organizationId: target.id, data: { monitorId: monitor.id, name: input.name } }));
    return { monitorId: monitor.id };
  },
});
