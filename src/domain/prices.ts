import { minorDigits } from "#lib/money.ts";

export const planIds = ["free", "team", "business"] as const;
export type PlanId = (typeof planIds)[number];

/** For each seat and month, in cents. */
const prices: Record<PlanId, number> = { free: 0, team: 900, business: 1_900 };
const yenForOneEuro = 160;

/** What a seat costs in a month, in the currency's minor unit; nothing for a plan that has no price. */
export function monthlyPrice(planId: string, currency: string): number {
  const cents = prices[planId as PlanId] ?? 0;
  if (currency === "JPY") return (cents * yenForOneEuro) / 100;
  const digits = minorDigits(currency);
  return digits === 3 ? cents * 10 : digits === 0 ? cents / 100 : cents;
}
