import { formatDay } from "#lib/format-time.ts";
import { formatMoney } from "#lib/money.ts";
import { plural } from "#lib/text.ts";
import { prorate, withDiscount } from "./billing-amounts.ts";
import { monthlyPrice } from "./prices.ts";
import { describeUse, type SeatUse, seatsUsed } from "./seats.ts";

export type BillingPeriod = { startsAt: Date; endsAt: Date };
type Plan = { id: string; name: string; monitors: number; seats: number; pingsPerMinute: number; historyDays: number };

const month = 31 * 86_400_000;

/** What a whole period costs. */
export function periodPrice(
  { planId, seats, currency, discountPercent }: { planId: string; seats: number; currency: string; discountPercent: number | null },
  period: BillingPeriod | null,
): number {
  const months = period && period.endsAt.getTime() - period.startsAt.getTime() > 2 * month ? 12 : 1;
  return withDiscount(monthlyPrice(planId, currency) * seats * months, discountPercent ?? 0);
}

/** The seats after a change of the plan: as many as before, but no more than the new plan has. */
export function seatsOnPlan(licensed: number, plan: Plan): number {
  return Math.min(licensed, plan.seats);
}

/** What has to be removed before a customer fits into a plan, in sentences; none where it fits. */
export function whatIsTooMuch(plan: Plan, use: { monitors: number; monitorLimit: number; seats: SeatUse }): string[] {
  const monitors = use.monitors - Math.max(use.monitorLimit, plan.monitors);
  const seats = seatsUsed(use.seats) - plan.seats;
  return [
    ...(monitors > 0
      ? [`It has ${plural(use.monitors, "monitor")}: ${plan.name} allows ${plan.monitors}, so delete ${monitors} first.`]
      : []),
    ...(seats > 0
      ? [
          `${describeUse(use.seats)} take ${plural(seatsUsed(use.seats), "seat")}: ${plan.name} allows ${plan.seats}, so remove ${seats} first.`,
        ]
      : []),
  ];
}

type Side = { plan: Plan; seats: number };
type PlanChange = {
  before: Side;
  after: Side;
  currency: string;
  discountPercent: number | null;
  /** None in a trial, or where nothing is billed. */
  period: BillingPeriod | null;
  trialEndsAt: Date | null;
  prorated: boolean;
  now: Date;
};

/** What a change of the plan means, for somebody who has to decide. Amounts of a part of a period are as of this moment. */
export function describePlanChange(change: PlanChange): string[] {
  const { before, after, currency, discountPercent, period } = change;
  const priceOf = ({ plan, seats }: Side) => periodPrice({ planId: plan.id, seats, currency, discountPercent }, period);
  const [old, fresh] = [priceOf(before), priceOf(after)];
  const length = period && period.endsAt.getTime() - period.startsAt.getTime() > 2 * month ? "a year" : "a month";
  const money = (amount: number) => formatMoney(amount, currency);
  return [
    `From now on it costs ${money(fresh)} ${length} for ${plural(after.seats, "seat")}; before it was ${money(old)}.`,
    describeRest(change, old, fresh),
    ...(after.seats === before.seats
      ? []
      : [
          after.seats > before.seats
            ? `Its licensed seats go up from ${before.seats} to ${after.seats}.`
            : `Its licensed seats go down from ${before.seats} to ${after.seats}${after.seats === after.plan.seats ? `: ${after.plan.name} has no more` : ""}.`,
        ]),
    `It may then have ${plural(after.plan.monitors, "monitor")} and ${plural(after.plan.pingsPerMinute, "ping")} a minute.`,
    ...(after.plan.historyDays < before.plan.historyDays
      ? [
          `Pings older than ${plural(after.plan.historyDays, "day")} are deleted by the worker; before it kept ${before.plan.historyDays} days.`,
        ]
      : []),
  ];
}

type Priced = { planId: string; seats: number };
type Gift = Pick<PlanChange, "currency" | "discountPercent" | "period" | "prorated" | "now"> & { before: Priced; after: Priced };

/** What the customer gets by a change: what is given back for the rest of the period, or what is not charged for it. A whole period where it is not known. */
export function givenByChange({ before, after, currency, discountPercent, period, prorated, now }: Gift): number {
  const priceOf = (side: Priced) => periodPrice({ ...side, currency, discountPercent }, period);
  const length = period ? period.endsAt.getTime() - period.startsAt.getTime() : 1;
  const remaining = period ? period.endsAt.getTime() - now.getTime() : 1;
  const { net } = prorate({ before: priceOf(before), after: priceOf(after), remaining, period: length });
  return Math.max(0, prorated ? -net : net);
}

function describeRest({ before, after, currency, period, trialEndsAt, prorated, now }: PlanChange, old: number, fresh: number): string {
  if (trialEndsAt) return `It is in a trial: nothing is charged before it ends on ${formatDay(trialEndsAt)}.`;
  if (!period || !prorated) return "Nothing is charged or given back for the time until the next invoice.";
  const money = (amount: number) => formatMoney(amount, currency);
  const remaining = period.endsAt.getTime() - now.getTime();
  const { charge, credit, net } = prorate({
    before: old,
    after: fresh,
    remaining,
    period: period.endsAt.getTime() - period.startsAt.getTime(),
  });
  const rest = `For the time until ${formatDay(period.endsAt)} about ${money(charge)} are charged for ${after.plan.name} and about ${money(credit)} given back for ${before.plan.name}`;
  if (net === 0) return `${rest}.`;
  return `${rest}: ${money(Math.abs(net))} ${net > 0 ? "more" : "less"} on the next invoice.`;
}
