import { randomUUID } from "node:crypto";
import { env } from "#env.ts";
import { whileClaimed } from "#server/claim.ts";
import { transaction } from "#server/db.ts";
import type { EffectJob } from "#server/effects/effect.ts";
import { send } from "#server/jobs/boss.ts";
import { log } from "#server/log.ts";
import { claimDueLooks, findOrphanedCalls } from "#server/stripe/due-looks.ts";
import { mirrorOrganization } from "./mirror-stripe.ts";
import type { PeriodicTask, QueueTask } from "./task.ts";

const mostAtOnce = 200;

/** What no event has told: everybody is compared with Stripe from time to time, whether something happened or not. */
export const queueReconciliationTask: PeriodicTask = {
  name: "queue what is due to be compared with Stripe",
  everySeconds: 60,
  async run() {
    if (!env().STRIPE_SECRET_KEY) return;
    await transaction(async (db) => {
      const ids = await claimDueLooks(db, mostAtOnce);
      const jobs = ids.map((organizationId) => ({
        payload: { organizationId } satisfies ReconciliationJob,
        // No run of ours caused it.
        origin: { eventId: null, requestId: randomUUID(), organizationId, actedBy: null },
      }));
      await send(db, "reconciliation", jobs);
    });
  },
};

type ReconciliationJob = { organizationId: string };

export const reconcileStripeTask: QueueTask = {
  queue: "reconciliation",
  atOnce: 2,
  async handle({ data }) {
    const { payload, origin } = data as EffectJob<ReconciliationJob>;
    await mirrorOrganization(payload.organizationId, origin.requestId);
    return undefined;
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
