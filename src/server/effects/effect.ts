import type { InputJsonObject } from "#generated/prisma/internal/prismaNamespace.ts";
import type { SignedInContext } from "../actor.ts";
import type { Transaction } from "../db.ts";
import { sendJobs } from "../jobs/boss.ts";
import type { QueueName } from "../jobs/queues.ts";
import { type Boundary, passes } from "./boundary.ts";

/** Something that must happen outside the database after the commit. Carried out by the worker, at least once. */
export type Effect = Boundary & {
  queue: QueueName;
  payload: InputJsonObject;
  /** Before the others of its queue. */
  urgent?: boolean;
  /** For the preview: "E-mail “Trial extended” to Dana Okafor". */
  words: string;
};

/** Which run caused it, and whose names it has to carry. */
export type Origin = {
  eventId: string;
  requestId: string;
  organizationId: string | null;
  /** Staff in a customer's seat, where the effect has to say so. */
  actedBy: { actor: string; onBehalfOf: string } | null;
};

/** A job's data: what to do, and where it comes from. */
export type EffectJob<Payload = InputJsonObject> = { payload: Payload; origin: Origin };

const urgentPriority = 10;

/** Puts effects into the queue, in this transaction: they are carried out if and only if it is committed. */
export async function enqueue(
  db: Transaction,
  effects: readonly Effect[],
  { context, eventId, organizationId }: { context: SignedInContext; eventId: string; organizationId: string | null },
): Promise<void> {
  const wanted = effects.filter((effect) => passes(effect, context));
  for (const [queue, group] of Map.groupBy(wanted, (effect) => effect.queue)) {
    const jobs = group.map(({ payload, whileImpersonating, urgent }) => {
      const actedBy =
        context.onBehalfOf && whileImpersonating === "tag" ? { actor: context.actor.label, onBehalfOf: context.onBehalfOf.label } : null;
      const data = { payload, origin: { eventId, requestId: context.requestId, organizationId, actedBy } } satisfies EffectJob;
      return { data, ...(urgent && { priority: urgentPriority }) };
    });
    await sendJobs(db, queue, jobs);
  }
}

/** For the preview, in words; what an impersonation holds back is said as well. */
export function describeEffects(effects: readonly Effect[], context: SignedInContext): string[] {
  return effects.map((effect) => (passes(effect, context) ? effect.words : `Held back while viewing as a customer: ${effect.words}`));
}
