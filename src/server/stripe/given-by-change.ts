import { givenByChange } from "#domain/plan-change.ts";
import { findBillingPeriod } from "../billing-period.ts";
import type { Transaction } from "../db.ts";
import type { Amount } from "../operation.ts";
import type { TargetRow } from "../targets.ts";

type Change = {
  target: Pick<TargetRow<"Organization">, "id" | "subscription">;
  after: { planId: string; seats: number };
  prorated: boolean;
};

/** What a customer gets of the period that runs when plan or seats change; null where that is nothing, as in a trial or without Stripe. */
export async function findGivenByChange(db: Transaction, { target, after, prorated }: Change): Promise<Amount | null> {
  const { id: organizationId, subscription } = target;
  if (!subscription?.stripeSubscriptionId || subscription.status === "canceled") return null;
  const { planId, seats, currency, discountPercent, currentPeriodEndsAt, status, trialEndsAt } = subscription;
  const now = new Date();
  if (status === "trialing" && trialEndsAt && trialEndsAt > now) return null;
  const amount = givenByChange({
    before: { planId, seats },
    after,
    currency,
    discountPercent,
    period: await findBillingPeriod(db, { organizationId, endsAt: currentPeriodEndsAt }),
    prorated,
    now,
  });
  return amount > 0 ? { amount, currency, as: "subscription.changePlan" } : null;
}
