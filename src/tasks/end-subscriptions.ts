import { procedureContext } from "#router/procedure-context.ts";
import { getOperation } from "#router/registry.ts";
import { findDueEndings } from "#server/due-endings.ts";
import { log } from "#server/log.ts";
import { runOperation } from "#server/run-operation.ts";
import { systemContext } from "#server/system-context.ts";
import type { PeriodicTask } from "./task.ts";

/** Ends cancelled subscriptions on their day, where Stripe does not. Of two workers the operation refuses the second. */
export const endSubscriptionsTask: PeriodicTask = {
  name: "end subscriptions",
  everySeconds: 60,
  async run() {
    const { ability, ...context } = procedureContext(systemContext("Cancelled subscriptions"));
    const { actor } = context;
    if (!actor) return;
    const operation = getOperation("subscription.end");
    for (const targetId of await findDueEndings()) {
      try {
        await runOperation({ operation, context: { ...context, actor }, ability, envelope: { targetId, input: {} } });
      } catch (error) {
        log.error({ err: error, organizationId: targetId }, "a subscription could not be ended");
      }
    }
  },
};
