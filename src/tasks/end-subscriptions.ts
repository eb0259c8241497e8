import { findDueEndings } from "#server/due-endings.ts";
import { log } from "#server/log.ts";
import { runAsSystem } from "./run-as-system.ts";
import type { PeriodicTask } from "./task.ts";

/** Ends cancelled subscriptions on their day, where Stripe does not. Of two workers the operation refuses the second. */
export const endSubscriptionsTask: PeriodicTask = {
  name: "end subscriptions",
  everySeconds: 60,
  async run() {
    for (const targetId of await findDueEndings()) {
      try {
        await runAsSystem("Cancelled subscriptions", "subscription.end", { targetId });
      } catch (error) {
        log.error({ err: error, organizationId: targetId }, "a subscription could not be ended");
      }
    }
  },
};
