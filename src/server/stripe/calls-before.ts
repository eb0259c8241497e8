import { writer } from "../db.ts";

/**
 * Whether an earlier call about the same object is not settled yet. What is asked of a subscription is a state, so the last
 * word has to be said last.
 */
export async function hasUnsettledBefore({ id, objectId }: { id: string; objectId: string }): Promise<boolean> {
  const before = await writer().stripeCall.findFirst({ where: { objectId, state: "pending", id: { lt: id } }, select: { id: true } });
  return before !== null;
}

/** With the subscription that there is now: one that was begun anew has another id than when this was asked for. */
export async function withCurrentSubscription(parameters: unknown, objectId: string): Promise<unknown> {
  if (typeof parameters !== "object" || parameters === null || !("subscription" in parameters)) return parameters;
  const found = await writer().subscription.findUnique({ where: { id: objectId }, select: { stripeSubscriptionId: true } });
  return { ...parameters, subscription: found?.stripeSubscriptionId ?? parameters.subscription };
}
