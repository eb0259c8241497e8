import type Stripe from "stripe";
import { discounts } from "#domain/discounts.ts";
import { monthlyPrice, type PlanId, planIds } from "#domain/prices.ts";
import { blankPrice, blankProduct } from "./blanks.ts";
import type { Kind, StripeObject } from "./kinds.ts";
import type { Store } from "./store.ts";

const names = { free: "Free plan", team: "Team plan", business: "Business plan" };
const currencies = ["EUR", "USD", "GBP", "JPY"];

/** What every account has: the plans' prices, called "team-eur" and "team-eur-year", and some discount codes. */
export function ensureCatalogue(store: Store): void {
  const draft = store.begin(Math.floor(Date.now() / 1_000));
  const codes = Object.entries(discounts).map(([code, percent]) => ({ code, percent, duration: "forever" as const }));
  const all = [...planIds.flatMap((plan) => productWithPrices(plan, draft.now)), ...codes.flatMap((code) => discountCode(code, draft.now))];
  for (const object of all) if (!draft.find(object.object as Kind, object.id)) draft.put(object);
  store.commit(draft);
}

function productWithPrices(plan: PlanId, created: number): StripeObject[] {
  const product = blankProduct({ id: `prod_${plan}`, created, name: names[plan], metadata: { plan } });
  const prices = currencies.flatMap((currency) =>
    (["month", "year"] as const).map((interval) => {
      const key = [plan, currency.toLowerCase(), ...(interval === "year" ? [interval] : [])];
      return blankPrice({
        id: `price_${key.join("_")}`,
        created,
        currency: currency.toLowerCase(),
        product: product.id,
        lookup_key: key.join("-"),
        unit_amount: monthlyPrice(plan, currency) * (interval === "year" ? 12 : 1),
        recurring: { interval, interval_count: 1, meter: null, trial_period_days: null, usage_type: "licensed" },
      });
    }),
  );
  return [product, ...prices];
}

type Code = { code: string; percent: number; duration: "forever" | "once" };

function discountCode({ code, percent, duration }: Code, created: number): [Stripe.Coupon, Stripe.PromotionCode] {
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
    valid: true,
  };
  const promotion: Stripe.PromotionCode = {
    id: `promo_${code}`,
    object: "promotion_code",
    active: true,
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
