import type Stripe from "stripe";
import { z } from "zod";
import { end } from "../advance.ts";
import { bill, billProrations } from "../bill.ts";
import { listOf } from "../blank-invoice.ts";
import { addInterval, blankSubscription, blankSubscriptionItem } from "../blanks.ts";
import { idOf, idOrNull } from "../collect.ts";
import { emit } from "../emit.ts";
import { endpoint, list, mergeMetadata, retrieve } from "../endpoint.ts";
import { invalid, missing } from "../failure.ts";
import { boolean, integer, metadata, text } from "../form.ts";
import { prorate } from "../prorate.ts";
import { type Draft, newId } from "../store.ts";

const proration = z.enum(["create_prorations", "always_invoice", "none"]).default("create_prorations");
const item = z.strictObject({
  id: text.optional(),
  price: text.optional(),
  quantity: integer.pipe(z.int().min(0).max(1_000_000)).optional(),
});
const discounts = z.union([z.literal(""), z.array(z.strictObject({ promotion_code: text.optional(), coupon: text.optional() })).max(20)]);
const common = {
  metadata: metadata.optional(),
  default_payment_method: text.optional(),
  discounts: discounts.optional(),
  cancel_at_period_end: boolean.optional(),
  proration_behavior: proration,
};

export const subscriptionEndpoints = [
  endpoint(
    "POST /v1/subscriptions",
    { ...common, customer: text, items: z.array(item).min(1).max(20), trial_end: integer.optional() },
    (draft, given) => {
      const customer = draft.get("customer", given.customer, "customer");
      const start = draft.now;
      const prices = given.items.map(({ price = "" }) => draft.get("price", price, "items[0][price]"));
      const [first] = prices;
      const periodEnd = given.trial_end ?? addInterval(start, first?.recurring ?? { interval: "month", interval_count: 1 });
      const id = newId("subscription");
      const items = prices.map((price, index) =>
        blankSubscriptionItem({
          created: start,
          current_period_start: start,
          current_period_end: periodEnd,
          price,
          quantity: given.items[index]?.quantity ?? 1,
          subscription: id,
        }),
      );
      const subscription = draft.put(
        blankSubscription({
          id,
          created: start,
          currency: first?.currency ?? "eur",
          customer: customer.id,
          status: given.trial_end ? "trialing" : "active",
          items: listOf(items, `/v1/subscription_items?subscription=${id}`),
          metadata: mergeMetadata(null, given.metadata),
          trial_start: given.trial_end ? start : null,
          trial_end: given.trial_end ?? null,
          cancel_at_period_end: given.cancel_at_period_end ?? false,
          default_payment_method: given.default_payment_method ?? null,
          test_clock: customer.test_clock ?? null,
        }),
      );
      draft.put({ ...subscription, discounts: makeDiscounts(draft, subscription, given.discounts) });
      if (!given.trial_end)
        bill(draft, { subscription: draft.get("subscription", id), period: { start, end: periodEnd }, reason: "subscription_create" });
      const made = draft.get("subscription", id);
      emit(draft, "customer.subscription.created", made);
      return made;
    },
  ),
  endpoint(
    "POST /v1/subscriptions/:id",
    {
      ...common,
      items: z.array(item).max(20).optional(),
      trial_end: z.union([z.literal("now"), integer]).optional(),
      cancel_at: z.union([z.literal(""), integer]).optional(),
    },
    (draft, given, [id = ""]) => {
      const before = draft.get("subscription", id);
      if (before.status === "canceled") throw invalid("A canceled subscription can only update its cancellation_details and metadata.");
      const items = changeItems(draft, before, given);
      const trialEnd = given.trial_end === "now" ? draft.now : given.trial_end;
      if (trialEnd !== undefined && trialEnd < draft.now) throw invalid("Timestamp must be in the future.", { param: "trial_end" });
      const changed = draft.put<Stripe.Subscription>({
        ...before,
        ...cancellation(draft, before, given),
        ...(trialEnd !== undefined && { trial_end: trialEnd, status: trialEnd > draft.now ? "trialing" : before.status }),
        ...(given.default_payment_method !== undefined && { default_payment_method: given.default_payment_method || null }),
        ...(given.discounts !== undefined && { discounts: makeDiscounts(draft, before, given.discounts) }),
        items: { ...before.items, data: items.map((one) => (trialEnd ? { ...one, current_period_end: trialEnd } : one)) },
        metadata: mergeMetadata(before.metadata, given.metadata),
      });
      if (given.proration_behavior === "always_invoice") billProrations(draft, changed);
      const after = draft.get("subscription", id);
      emit(draft, "customer.subscription.updated", after);
      return after;
    },
  ),
  endpoint(
    "DELETE /v1/subscriptions/:id",
    {
      cancellation_details: z.strictObject({ comment: text.optional(), feedback: text.optional() }).optional(),
      invoice_now: boolean.optional(),
      prorate: boolean.optional(),
    },
    (draft, { cancellation_details }, [id = ""]) => {
      const before = draft.get("subscription", id);
      if (before.status === "canceled") throw missing("subscription", id);
      const comment = cancellation_details?.comment ?? null;
      const details = { comment, feedback: null, feedback_option: null, reason: "cancellation_requested" as const };
      return end(draft, { ...before, cancellation_details: details });
    },
  ),
  retrieve("subscription", "/v1/subscriptions"),
  list(
    "subscription",
    "/v1/subscriptions",
    { customer: text.optional(), status: text.optional() },
    ({ customer, status }, given) =>
      (given.customer === undefined || idOrNull(customer) === given.customer) &&
      (given.status === "all" || (given.status === undefined ? status !== "canceled" : status === given.status)),
  ),
];

type Items = { items?: z.output<typeof item>[] | undefined; proration_behavior: z.output<typeof proration> };

function changeItems(draft: Draft, subscription: Stripe.Subscription, { items, proration_behavior }: Items): Stripe.SubscriptionItem[] {
  for (const { id } of items ?? [])
    if (!subscription.items.data.some((one) => one.id === id)) throw missing("subscription_item", id ?? "", "items[0][id]");
  return subscription.items.data.map((before) => {
    const given = items?.find(({ id }) => id === before.id);
    if (!given) return before;
    const price = given.price ? draft.get("price", given.price, "items[0][price]") : before.price;
    if (price.currency !== subscription.currency)
      throw invalid(
        `The price specified only supports \`${price.currency}\`. This doesn't match the expected currency: \`${subscription.currency}\`.`,
      );
    const after = blankSubscriptionItem({ ...before, price, quantity: given.quantity ?? before.quantity, plan: undefined } as never);
    const changed = after.price.id !== before.price.id || after.quantity !== before.quantity;
    if (changed && proration_behavior !== "none" && subscription.status === "active") prorate(draft, { subscription, before, after });
    return after;
  });
}

type Cancellation = { cancel_at_period_end?: boolean | undefined; cancel_at?: number | "" | undefined };

function cancellation(
  draft: Draft,
  before: Stripe.Subscription,
  { cancel_at_period_end, cancel_at }: Cancellation,
): Partial<Stripe.Subscription> {
  const periodEnd = before.items.data[0]?.current_period_end ?? null;
  if (cancel_at_period_end !== undefined)
    return cancel_at_period_end
      ? { cancel_at_period_end, cancel_at: periodEnd, canceled_at: draft.now }
      : { cancel_at_period_end, cancel_at: null, canceled_at: null };
  if (cancel_at === undefined) return {};
  return cancel_at === "" ? { cancel_at: null, cancel_at_period_end: false, canceled_at: null } : { cancel_at, canceled_at: draft.now };
}

function makeDiscounts(draft: Draft, subscription: Stripe.Subscription, given: z.output<typeof discounts> | undefined): string[] {
  if (!given) return [];
  return given.map(({ promotion_code, coupon }) => {
    const code = promotion_code ? draft.get("promotion_code", promotion_code, "discounts[0][promotion_code]") : null;
    if (code && (!code.active || (code.expires_at !== null && code.expires_at <= draft.now)))
      throw invalid("This promotion code is inactive or has expired.", {
        code: "promotion_code_inactive",
        param: "discounts[0][promotion_code]",
      });
    const source = draft.get("coupon", coupon ?? idOf(code?.promotion.coupon), "discounts[0][coupon]");
    if (code) draft.put({ ...code, times_redeemed: code.times_redeemed + 1 });
    const months = source.duration === "repeating" ? (source.duration_in_months ?? 1) : null;
    const discount = draft.put<Stripe.Discount>({
      id: newId("discount"),
      object: "discount",
      checkout_session: null,
      customer: idOf(subscription.customer),
      customer_account: null,
      end: months === null ? null : addInterval(draft.now, { interval: "month", interval_count: months }),
      invoice: null,
      invoice_item: null,
      promotion_code: code?.id ?? null,
      source: { coupon: source.id, type: "coupon" },
      start: draft.now,
      subscription: subscription.id,
      subscription_item: null,
    });
    return discount.id;
  });
}
