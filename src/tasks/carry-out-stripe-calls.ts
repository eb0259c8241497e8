import { writer } from "#server/db.ts";
import type { EffectJob } from "#server/effects/effect.ts";
import { hasUnsettledBefore, withCurrentSubscription } from "#server/stripe/calls-before.ts";
import { type Outcome, performCall } from "#server/stripe/perform-call.ts";
import { runAsSystem } from "./run-as-system.ts";
import type { QueueTask } from "./task.ts";

/** Has Stripe do what a run asked for, and records what came of it. A repetition has no further effect, here or there. */
export const carryOutStripeCallsTask: QueueTask = {
  queue: "stripe",
  atOnce: 4,
  async handle({ data }) {
    const { payload, origin } = data as EffectJob<{ callId: string }>;
    const call = await findCall(payload.callId);
    // Deleted with its organization; or done, and the worker died before it could say so.
    if (call?.state !== "pending") return undefined;
    if (await hasUnsettledBefore(call)) throw new Error("An earlier call about the same thing is not settled yet.");
    const parameters = await withCurrentSubscription(call.parameters, call.objectId);
    await settle(call, await performCall({ ...call, parameters }), origin.requestId);
    return undefined;
  },
};

type Call = NonNullable<Awaited<ReturnType<typeof findCall>>>;

function findCall(id: string) {
  return writer().stripeCall.findUnique({
    where: { id },
    select: { id: true, objectId: true, kind: true, parameters: true, state: true, eventId: true, createdAt: true },
  });
}

async function settle({ id, eventId }: Call, outcome: Outcome, requestId: string): Promise<void> {
  try {
    await runAsSystem("Stripe", "stripeCall.settle", { targetId: id, input: outcome, reason: `Outcome of run ${eventId}`, requestId });
  } catch (error) {
    // Another worker was given the same job, and was faster.
    if ((await findCall(id))?.state === "pending") throw error;
  }
}
