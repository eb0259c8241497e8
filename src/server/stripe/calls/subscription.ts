import type Stripe from "stripe";
import { callMark, type Performer, RefusedByStripe } from "../call.ts";
import { findDiscount } from "../discounts.ts";
import { findPrice } from "../prices.ts";

/**
 * What these ask for is a state, so that asking again changes nothing more. They are carried out in the order in which
 * they were asked for: see `hasUnsettledBefore`.
 */
export const changePlan: Performer<"changePlan"> = {
  async perform({ stripe, callId, parameters: { subscription, planId, seats, currency, prorate } }) {
    const item = await onlyItem(stripe, subscription);
    const price = await findPrice(stripe, { planId, currency, interval: item.price.recurring?.interval });
    if (item.price.id === price && item.quantity === seats) return { stripeId: subscription };
    const change: Change = {
      items: [{ id: item.id, price, quantity: seats }],
      proration_behavior: prorate ? "create_prorations" : "none",
    };
    return update({ stripe, callId, subscription, change });
  },
};

export const setSeats: Performer<"setSeats"> = {
  async perform({ stripe, callId, parameters: { subscription, seats } }) {
    const item = await onlyItem(stripe, subscription);
    if (item.quantity === seats) return { stripeId: subscription };
    const change: Change = { items: [{ id: item.id, quantity: seats }], proration_behavior: "create_prorations" };
    return update({ stripe, callId, subscription, change });
  },
};

export const extendTrial: Performer<"extendTrial"> = {
  perform({ stripe, callId, parameters: { subscription, trialEndsAt } }) {
    const change = { trial_end: Math.floor(new Date(trialEndsAt).getTime() / 1_000), proration_behavior: "none" } satisfies Change;
    return update({ stripe, callId, subscription, change });
  },
};

export const cancel: Performer<"cancel"> = {
  async perform({ stripe, callId, parameters: { subscription, when } }) {
    if (when === "periodEnd") return update({ stripe, callId, subscription, change: { cancel_at_period_end: true } });
    // There are no idempotency keys for this, so a repetition looks first.
    const { status } = await stripe.subscriptions.retrieve(subscription);
    if (status !== "canceled") await stripe.subscriptions.cancel(subscription, { cancellation_details: { comment: callId } });
    return { stripeId: subscription };
  },
};

export const applyDiscount: Performer<"applyDiscount"> = {
  async perform({ stripe, callId, parameters: { subscription, code } }) {
    const discount = await findDiscount(stripe, code);
    return update({ stripe, callId, subscription, change: { discounts: [discount] } });
  },
};

export type Change = Stripe.SubscriptionUpdateParams;
type Update = { stripe: Stripe; callId: string; subscription: string; change: Change };

export async function update({ stripe, callId, subscription, change }: Update) {
  const { id } = await stripe.subscriptions.update(
    subscription,
    { ...change, metadata: { [callMark]: callId } },
    { idempotencyKey: callId },
  );
  return { stripeId: id };
}

export async function onlyItem(stripe: Stripe, subscription: string): Promise<Stripe.SubscriptionItem> {
  const { items } = await stripe.subscriptions.retrieve(subscription);
  const [item] = items.data;
  if (!item || items.data.length > 1) throw new RefusedByStripe("At Stripe, this subscription does not consist of one plan.");
  return item;
}
