import { randomUUID } from "node:crypto";
import { env } from "#env.ts";
import { whileClaimed } from "#server/claim.ts";
import { transaction } from "#server/db.ts";
import { send } from "#server/jobs/boss.ts";
import { log } from "#server/log.ts";
import { claimDueLooks, findOrphanedCalls, releaseLook } from "#server/stripe/due-looks.ts";
import { mirrorOrganization } from "./mirror-stripe.ts";
import type { PeriodicTask } from "./task.ts";

const mostAtOnce = 20;

/** What no event has told: everybody is compared with Stripe from time to time, whether something happened or not. */
export const reconcileStripeTask: PeriodicTask = {
  name: "reconcile with Stripe",
  everySeconds: 60,
  async run() {
    if (!env().STRIPE_SECRET_KEY) return;
    const ids = await claimDueLooks(mostAtOnce);
    for (const [index, id] of ids.entries()) {
      try {
        await mirrorOrganization(id);
      } catch (error) {
        // Most likely Stripe is away, for the others as well.
        log.warn({ err: error, organizationId: id }, "an organization could not be compared with Stripe");
        for (const left of ids.slice(index + 1)) await releaseLook(left);
        return;
      }
    }
  },
};

/** A call never waits for a job that is not there any more. */
export const adoptStripeCallsTask: PeriodicTask = {
  name: "adopt calls to Stripe",
  everySeconds: 60,
  async run() {
    await whileClaimed("adopt calls to Stripe", async () => {
      const orphans = await findOrphanedCalls(100);
      if (orphans.length === 0) return;
      log.warn({ calls: orphans.map(({ id }) => id) }, "calls to Stripe had lost their jobs");
      const jobs = orphans.map(({ id, eventId, organizationId }) => ({
        payload: { callId: id },
        origin: { eventId, requestId: randomUUID(), organizationId, actedBy: null },
      }));
      await transaction((db) => send(db, "stripe", jobs));
    });
  },
};
