import { AppError } from "../errors.ts";
import type { TargetRow } from "../targets.ts";

type Organization = Pick<TargetRow<"Organization">, "name" | "stripeCustomerId" | "subscription">;

/** Why nothing can be billed or credited to this organization at the payment provider, in a sentence; null where it can. */
export function whyNotBilled({ name, stripeCustomerId, subscription }: Organization): string | null {
  if (!subscription) return `${name} has no subscription, so it has no currency to bill in.`;
  return stripeCustomerId ? null : `${name} is not a customer at Stripe yet.`;
}

/** Why plan, seats and discount cannot be changed, in a sentence; null where they can. What has ended goes on as it was, if it does. */
export function whyNotRunning({ name, subscription }: Pick<Organization, "name" | "subscription">): string | null {
  if (!subscription) return `${name} has no subscription.`;
  return subscription.status === "canceled" ? `The subscription of ${name} has ended. Reactivate it first.` : null;
}

/** The subscription that `unavailable` has made sure of. */
export function requireSubscription({ name, subscription }: Organization): NonNullable<Organization["subscription"]> {
  if (!subscription) throw new AppError("CONFLICT", { userMessage: `${name} has no subscription.` });
  return subscription;
}
