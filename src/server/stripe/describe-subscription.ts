import type Stripe from "stripe";
import type { BillingSnapshot } from "#domain/billing-snapshot.ts";
import { planOf } from "./prices.ts";
import { toTime } from "./read-stripe.ts";

type Described = NonNullable<BillingSnapshot["subscription"]>;

const statuses: Record<string, Described["status"]> = {
  trialing: "trialing",
  active: "active",
  canceled: "canceled",
  incomplete_expired: "canceled",
};

/** In our words. Whatever else Stripe says of one that is not paid as it should be means that money is owed. */
export function describeSubscription(subscription: Stripe.Subscription): Described {
  const { id, status: said, items, cancel_at, ended_at, trial_end, discounts } = subscription;
  const status = statuses[said] ?? "pastDue";
  const [item] = items.data;
  const [discount] = discounts;
  return {
    stripeId: id,
    status,
    // During a trial nothing is paid for yet.
    currentPeriodEndsAt: status === "trialing" || !item ? null : toTime(item.current_period_end),
    canceledAt: status === "canceled" && ended_at !== null ? toTime(ended_at) : null,
    planId: (item && (planOf(item.price) ?? item.price.lookup_key ?? item.price.id)) ?? "",
    seats: item?.quantity ?? 0,
    trialEndsAt: trial_end === null ? null : toTime(trial_end),
    cancelAt: cancel_at === null || status === "canceled" ? null : toTime(cancel_at),
    ...describeDiscount(typeof discount === "string" ? null : (discount ?? null)),
  };
}

function describeDiscount(discount: Stripe.Discount | null): Pick<Described, "discountCode" | "discountPercent"> {
  const coupon = discount?.source.coupon;
  if (!discount || !coupon || typeof coupon === "string" || !coupon.percent_off) return { discountCode: null, discountPercent: null };
  const { promotion_code } = discount;
  const code = promotion_code && typeof promotion_code !== "string" ? promotion_code.code : (coupon.name ?? coupon.id);
  return { discountCode: code, discountPercent: coupon.percent_off };
}
