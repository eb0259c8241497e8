import { describeOverage, describeSeats, describeUse, seatsUsed } from "#domain/seats.ts";
import { type Billing, nextInvoice } from "#server/billing.ts";
import { billingPeriod } from "#server/billing-period.ts";
import type { BillingOutlook } from "#server/standing.ts";
import type { Use } from "#server/usage.ts";

type Customer = Pick<Billing, "name" | "stripeCustomerId" | "subscription" | "creditBalance" | "dunning">;
type Standing = { customer: Customer; outlook: BillingOutlook; use: Use; differences: number };

export type BillingState = ReturnType<typeof describeBillingState>;

/** How a customer stands, without its records: plan, seats, what it uses, what comes next and what stands out. */
export function describeBillingState({ customer, outlook, use: { seats, usage }, differences }: Standing) {
  const { name, subscription, creditBalance, dunning, stripeCustomerId } = customer;
  const { overdue, openCalls, planned, periodStartsAt } = outlook;
  const period = billingPeriod(subscription?.currentPeriodEndsAt ?? null, periodStartsAt);
  return {
    subscription,
    seats: `${seatsUsed(seats)} of ${seats.licensed + seats.lent} used (${describeUse(seats)}); ${describeSeats(seats)}`,
    overage: describeOverage(name, seats),
    usage,
    next: nextInvoice({ subscription, creditBalance, planned, period }),
    overdue,
    openCalls,
    dunning,
    differences: stripeCustomerId === null ? null : differences,
  };
}
