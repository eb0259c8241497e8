import type Stripe from "stripe";
import { RefusedByStripe } from "./call.ts";

type Wanted = { planId: string; currency: string; interval?: string | undefined };

/** "team-eur", "team-eur-year": how the prices of plans are called at Stripe. */
export function lookupKey({ planId, currency, interval = "month" }: Wanted): string {
  return [planId, currency.toLowerCase(), ...(interval === "month" ? [] : [interval])].join("-");
}

/** The plan that a price is of; null for one that is not ours. */
export function planOf({ lookup_key }: { lookup_key: string | null }): string | null {
  return /^([a-z][a-z0-9_]*)-[a-z]{3}(-[a-z]+)?$/.exec(lookup_key ?? "")?.[1] ?? null;
}

export async function findPrice(stripe: Stripe, wanted: Wanted): Promise<string> {
  const key = lookupKey(wanted);
  const { data } = await stripe.prices.list({ lookup_keys: [key], active: true, limit: 1 });
  const [price] = data;
  if (!price) throw new RefusedByStripe(`At Stripe there is no price “${key}”.`);
  return price.id;
}
