import { type CallArguments, callMark, findMarked, type Performer } from "../call.ts";
import { findDiscount } from "../discounts.ts";
import { findPrice } from "../prices.ts";
import { update } from "./subscription.ts";

export const createSubscription: Performer<"createSubscription"> = {
  async perform({ stripe, callId, parameters: { customer, planId, seats, currency, trialEndsAt, discountCode } }) {
    const price = await findPrice(stripe, { planId, currency });
    const discounts = discountCode ? [await findDiscount(stripe, discountCode)] : [];
    const trialEnd = trialEndsAt ? Math.floor(new Date(trialEndsAt).getTime() / 1_000) : 0;
    const { id } = await stripe.subscriptions.create(
      {
        customer,
        items: [{ price, quantity: seats }],
        ...(trialEnd * 1_000 > Date.now() && { trial_end: trialEnd }),
        ...(discounts.length > 0 && { discounts }),
        metadata: { [callMark]: callId },
      },
      { idempotencyKey: callId },
    );
    return { stripeId: id };
  },
  find: ({ stripe, callId, parameters: { customer } }) => findSubscription({ stripe, callId }, customer),
};

/** What ended for good cannot go on: the same price, seats and discount begin anew, as a subscription of their own. */
export const reactivate: Performer<"reactivate"> = {
  async perform({ stripe, callId, parameters: { subscription, discountCode }, mayBeForgotten }) {
    const before = await stripe.subscriptions.retrieve(subscription);
    if (before.status !== "canceled") return update({ stripe, callId, subscription, change: { cancel_at_period_end: false } });
    const customer = typeof before.customer === "string" ? before.customer : before.customer.id;
    const known = mayBeForgotten ? await findSubscription({ stripe, callId }, customer) : null;
    if (known) return known;
    const items = before.items.data.map(({ price, quantity = 1 }) => ({ price: price.id, quantity }));
    const discounts = discountCode ? [await findDiscount(stripe, discountCode)] : [];
    const { id } = await stripe.subscriptions.create(
      { customer, items, ...(discounts.length > 0 && { discounts }), metadata: { [callMark]: callId } },
      { idempotencyKey: callId },
    );
    return { stripeId: id };
  },
};

async function findSubscription({ stripe, callId }: Pick<CallArguments<"reactivate">, "stripe" | "callId">, customer: string) {
  const found = await findMarked(stripe.subscriptions.list({ customer, status: "all", limit: 100 }), callId);
  return found && { stripeId: found.id };
}
