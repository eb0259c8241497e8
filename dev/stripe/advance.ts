import type Stripe from "stripe";
import { bill } from "./bill.ts";
import { addInterval } from "./blanks.ts";
import { collect, idOf, idOrNull, subscriptionIdOf } from "./collect.ts";
import { emit } from "./emit.ts";
import type { Draft, Store } from "./store.ts";

const stillRunning = ["trialing", "active", "past_due"];
const mostSteps = 200;

/**
 * Does what is due until `now`, each thing at its own time: trials end, periods renew, what failed is charged again.
 * Each step is kept by itself. `clock` is the test clock that moved; null for everybody without one.
 */
export function advance(store: Store, { clock, now }: { clock: string | null; now: number }): number {
  for (let steps = 0; steps < mostSteps; steps += 1) {
    const next = findNext(store, { clock, now });
    if (!next) return steps;
    const draft = store.begin(next.at);
    next.step(draft);
    store.commit(draft);
  }
  return mostSteps;
}

type Due = { at: number; step: (draft: Draft) => void };

function findNext(store: Store, { clock, now }: { clock: string | null; now: number }): Due | undefined {
  const view = store.begin(now);
  const isConcerned = (customer: string | { id: string } | null) => idOrNull(view.find("customer", idOf(customer))?.test_clock) === clock;
  const subscriptions = view
    .all("subscription")
    .filter(({ status, customer }) => stillRunning.includes(status) && isConcerned(customer))
    .map(({ id }): Due => ({ at: dueAt(view.get("subscription", id)), step: (draft) => turn(draft, draft.get("subscription", id)) }));
  const invoices = view
    .all("invoice")
    .filter(({ status, next_payment_attempt, customer }) => status === "open" && next_payment_attempt !== null && isConcerned(customer))
    .map(
      ({ id, next_payment_attempt }): Due => ({ at: next_payment_attempt ?? 0, step: (draft) => retry(draft, draft.get("invoice", id)) }),
    );
  return [...subscriptions, ...invoices].filter(({ at }) => at <= now).sort((a, b) => a.at - b.at)[0];
}

function dueAt({ items, cancel_at, trial_end, status }: Stripe.Subscription): number {
  const never = Number.POSITIVE_INFINITY;
  const periodEnd = items.data[0]?.current_period_end ?? never;
  // Simpler than Stripe: no new period begins while an old one is owed.
  const turn = { trialing: trial_end ?? periodEnd, active: periodEnd }[status as string] ?? never;
  return Math.min(turn, cancel_at ?? never);
}

/** The end of a period, or of the trial: the subscription ends, or the next period begins. */
function turn(draft: Draft, subscription: Stripe.Subscription): void {
  const { cancel_at, cancel_at_period_end, items } = subscription;
  if (cancel_at_period_end || (cancel_at !== null && cancel_at <= draft.now)) {
    end(draft, subscription);
    return;
  }
  const start = draft.now;
  const [first] = items.data;
  const periodEnd = addInterval(start, first?.price.recurring ?? { interval: "month", interval_count: 1 });
  const renewed = draft.put<Stripe.Subscription>({
    ...subscription,
    status: subscription.status === "trialing" ? "active" : subscription.status,
    items: { ...items, data: items.data.map((item) => ({ ...item, current_period_start: start, current_period_end: periodEnd })) },
  });
  bill(draft, { subscription: renewed, period: { start, end: periodEnd }, reason: "subscription_cycle" });
  emit(draft, "customer.subscription.updated", draft.get("subscription", subscription.id));
}

function retry(draft: Draft, invoice: Stripe.Invoice): void {
  const { declined, invoice: after } = collect(draft, invoice);
  const id = subscriptionIdOf(invoice);
  if (declined && after.next_payment_attempt === null && id) end(draft, draft.get("subscription", id));
}

export function end(draft: Draft, subscription: Stripe.Subscription): Stripe.Subscription {
  const ended = draft.put<Stripe.Subscription>({
    ...subscription,
    status: "canceled",
    canceled_at: subscription.canceled_at ?? draft.now,
    ended_at: draft.now,
    cancel_at_period_end: false,
  });
  emit(draft, "customer.subscription.deleted", ended);
  return ended;
}
