import type Stripe from "stripe";
import { RefusedByStripe } from "./call.ts";

/** What a discount code is called at Stripe, where it is still valid: rather no subscription than one that costs more than was said. */
export async function findDiscount(stripe: Stripe, code: string): Promise<{ promotion_code: string }> {
  const found = await stripe.promotionCodes.list({ code, active: true, limit: 1, expand: ["data.promotion.coupon"] });
  const [promotion] = found.data;
  const coupon = promotion?.promotion.coupon;
  if (!promotion || !coupon || typeof coupon === "string" || !coupon.valid)
    throw new RefusedByStripe(`Stripe knows no valid discount code “${code}”.`);
  return { promotion_code: promotion.id };
}
