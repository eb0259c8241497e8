import type Stripe from "stripe";
import { blankPrice, blankProduct } from "./blanks.ts";
import type { StripeObject } from "./kinds.ts";
import type { Store } from "./store.ts";

/** For each seat and month, in euro cents. */
const plans = [
  { id: "free", name: "Free plan", amount: 0 },
  { id: "team", name: "Team plan", amount: 900 },
  { id: "business", name: "Business plan", amount: 1_900 },
];
/** How many minor units a euro cent is. */
const currencies = { eur: 1, usd: 1.1, gbp: 0.9, jpy: 1.6 };
const codes = [
  { code: "WELCOME20", percent: 20, duration: "forever" },
  { code: "LOYAL10", percent: 10, duration: "forever" },
  { code: "HALF50", percent: 50, duration: "once" },
  { code: "EXPIRED15", percent: 15, duration: "forever", valid: false },
] as const;

/** What every account has: the plans' prices, called "team-eur" and "team-eur-year", and some discount codes. */
export function ensureCatalogue(store: Store): void {
  const draft = store.begin(Math.floor(Date.now() / 1_000));
  for (const object of [
    ...plans.flatMap((plan) => productWithPrices(plan, draft.now)),
    ...codes.flatMap((code) => discountCode(code, draft.now)),
  ])
    if (!draft.find(object.object as StripeObject["object"] & keyof import("./kinds.ts").Kinds, object.id)) draft.put(object);
  store.commit(draft);
}

function productWithPrices({ id, name, amount }: (typeof plans)[number], created: number): StripeObject[] {
  const product = blankProduct({ id: `prod_${id}`, created, name, metadata: { plan: id } });
  const prices = Object.entries(currencies).flatMap(([currency, factor]) =>
    (["month", "year"] as const).map((interval) => {
      const key = [id, currency, ...(interval === "year" ? [interval] : [])];
      return blankPrice({
        id: `price_${key.join("_")}`,
        created,
        currency,
        product: product.id,
        lookup_key: key.join("-"),
        unit_amount: Math.round(amount * factor) * (interval === "year" ? 12 : 1),
        recurring: { interval, interval_count: 1, meter: null, trial_period_days: null, usage_type: "licensed" },
      });
    }),
  );
  return [product, ...prices];
}

type Code = { code: string; percent: number; duration: "forever" | "once"; valid?: boolean };

function discountCode({ code, percent, duration, valid = true }: Code, created: number): [Stripe.Coupon, Stripe.PromotionCode] {
  const coupon: Stripe.Coupon = {
    id: `co_${code}`,
    object: "coupon",
    amount_off: null,
    created,
    currency: null,
    duration,
    duration_in_months: null,
    livemode: false,
    max_redemptions: null,
    metadata: {},
    name: `${percent} % off`,
    percent_off: percent,
    redeem_by: null,
    times_redeemed: 0,
    valid,
  };
  const promotion: Stripe.PromotionCode = {
    id: `promo_${code}`,
    object: "promotion_code",
    active: valid,
    code,
    created,
    customer: null,
    customer_account: null,
    expires_at: null,
    livemode: false,
    max_redemptions: null,
    metadata: {},
    promotion: { coupon: coupon.id, type: "coupon" },
    restrictions: { first_time_transaction: false, minimum_amount: null, minimum_amount_currency: null },
    times_redeemed: 0,
  };
  return [coupon, promotion];
}
