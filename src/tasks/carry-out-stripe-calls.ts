import { procedureContext } from "#router/procedure-context.ts";
import { getOperation } from "#router/registry.ts";
import { writer } from "#server/db.ts";
import type { EffectJob } from "#server/effects/effect.ts";
import { runOperation } from "#server/run-operation.ts";
import { hasUnsettledBefore, withCurrentSubscription } from "#server/stripe/calls-before.ts";
import { type Outcome, performCall } from "#server/stripe/perform-call.ts";
import { systemContext } from "#server/system-context.ts";
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
  const { ability, ...context } = procedureContext({ ...systemContext("Stripe"), requestId });
  const { actor } = context;
  if (!actor) throw new Error("The system is always somebody.");
  const envelope = { targetId: id, input: outcome, reason: `Outcome of run ${eventId}` };
  try {
    await runOperation({ operation: getOperation("stripeCall.settle"), context: { ...context, actor }, ability, envelope });
  } catch (error) {
    // Another worker was given the same job, and was faster.
    if ((await findCall(id))?.state === "pending") throw error;
  }
}
