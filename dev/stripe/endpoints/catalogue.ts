import type Stripe from "stripe";
import { z } from "zod";
import { blankPrice, blankProduct } from "../blanks.ts";
import { idOf } from "../collect.ts";
import { emit } from "../emit.ts";
import { endpoint, list, mergeMetadata, retrieve } from "../endpoint.ts";
import { invalid } from "../failure.ts";
import { boolean, currency, integer, metadata, text } from "../form.ts";
import { type Draft, newId } from "../store.ts";

const percent = z
  .string()
  .regex(/^\d{1,3}(\.\d{1,2})?$/)
  .transform(Number);

/** Products, prices, coupons and promotion codes. */
export const catalogueEndpoints = [
  endpoint(
    "POST /v1/products",
    { name: text, id: text.optional(), metadata: metadata.optional() },
    (draft, { name, id, metadata: marks }) =>
      draft.put(blankProduct({ id: id ?? newId("product"), created: draft.now, name, metadata: mergeMetadata(null, marks) })),
  ),
  retrieve("product", "/v1/products"),
  list(
    "product",
    "/v1/products",
    { active: boolean.optional() },
    ({ active }, given) => given.active === undefined || active === given.active,
  ),
  endpoint(
    "POST /v1/prices",
    {
      product: text,
      currency,
      unit_amount: integer,
      lookup_key: text.optional(),
      recurring: z.strictObject({ interval: z.enum(["day", "week", "month", "year"]), interval_count: integer.optional() }),
      metadata: metadata.optional(),
    },
    (draft, { product, lookup_key = null, recurring, metadata: marks, ...rest }) => {
      draft.get("product", product, "product");
      const { interval, interval_count = 1 } = recurring;
      const usual = { meter: null, trial_period_days: null, usage_type: "licensed" };
      const own = { created: draft.now, product, lookup_key, metadata: mergeMetadata(null, marks), ...rest };
      return draft.put(blankPrice({ id: newId("price"), ...own, recurring: { interval, interval_count, ...usual } }));
    },
  ),
  retrieve("price", "/v1/prices"),
  list(
    "price",
    "/v1/prices",
    { active: boolean.optional(), lookup_keys: z.array(text).max(10).optional(), product: text.optional(), currency: currency.optional() },
    (price, given) =>
      (given.active === undefined || price.active === given.active) &&
      (given.lookup_keys === undefined || given.lookup_keys.includes(price.lookup_key ?? "")) &&
      (given.product === undefined || idOf(price.product) === given.product) &&
      (given.currency === undefined || price.currency === given.currency),
  ),
  endpoint(
    "POST /v1/coupons",
    {
      id: text.optional(),
      name: text.optional(),
      percent_off: percent.optional(),
      amount_off: integer.optional(),
      currency: currency.optional(),
      duration: z.enum(["forever", "once", "repeating"]).default("once"),
      duration_in_months: integer.optional(),
      metadata: metadata.optional(),
    },
    (draft, given) => {
      if ((given.percent_off === undefined) === (given.amount_off === undefined))
        throw invalid("You must pass either percent_off or amount_off.");
      return draft.put(blankCoupon(draft, { ...given, id: given.id ?? newId("coupon"), metadata: mergeMetadata(null, given.metadata) }));
    },
  ),
  retrieve("coupon", "/v1/coupons"),
  list("coupon", "/v1/coupons", {}, () => true),
  endpoint(
    "POST /v1/promotion_codes",
    {
      code: text.optional(),
      promotion: z.strictObject({ type: z.literal("coupon"), coupon: text }),
      max_redemptions: integer.optional(),
      expires_at: integer.optional(),
      metadata: metadata.optional(),
    },
    (draft, { code = newId("promotion_code").slice(6, 14).toUpperCase(), promotion, max_redemptions, expires_at, metadata: marks }) => {
      draft.get("coupon", promotion.coupon, "promotion[coupon]");
      if (draft.all("promotion_code").some((other) => other.active && isCode(other, code)))
        throw invalid("An active promotion code with this code already exists.", { param: "code" });
      return draft.put<Stripe.PromotionCode>({
        id: newId("promotion_code"),
        object: "promotion_code",
        active: true,
        code,
        created: draft.now,
        customer: null,
        customer_account: null,
        expires_at: expires_at ?? null,
        livemode: false,
        max_redemptions: max_redemptions ?? null,
        metadata: mergeMetadata(null, marks),
        promotion,
        restrictions: { first_time_transaction: false, minimum_amount: null, minimum_amount_currency: null },
        times_redeemed: 0,
      });
    },
  ),
  endpoint("POST /v1/promotion_codes/:id", { active: boolean.optional() }, (draft, { active }, [id = ""]) => {
    const code = draft.get("promotion_code", id);
    const changed = draft.put({ ...code, active: active ?? code.active });
    emit(draft, "promotion_code.updated", changed);
    return changed;
  }),
  retrieve("promotion_code", "/v1/promotion_codes"),
  list(
    "promotion_code",
    "/v1/promotion_codes",
    { code: text.optional(), active: boolean.optional() },
    (promotion, given) =>
      (given.code === undefined || isCode(promotion, given.code)) && (given.active === undefined || promotion.active === given.active),
  ),
];

type Coupon = Partial<Record<keyof Stripe.Coupon, unknown>> & { id: string; duration: Stripe.Coupon.Duration };

function blankCoupon({ now }: Draft, given: Coupon): Stripe.Coupon {
  return {
    object: "coupon",
    amount_off: null,
    created: now,
    currency: null,
    duration_in_months: null,
    livemode: false,
    max_redemptions: null,
    name: null,
    percent_off: null,
    redeem_by: null,
    times_redeemed: 0,
    valid: true,
    ...Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)),
  } as Stripe.Coupon;
}

function isCode({ code }: Stripe.PromotionCode, wanted: string): boolean {
  return code.toLowerCase() === wanted.toLowerCase();
}
