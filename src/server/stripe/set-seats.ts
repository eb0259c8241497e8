import { plural } from "#lib/text.ts";
import type { RunArguments } from "../operation.ts";
import type { TargetRow, TargetType } from "../targets.ts";
import { callStripe } from "./call-stripe.ts";
import { findGivenByChange } from "./given-by-change.ts";

/** Has the payment provider bill so many seats, where it knows the subscription. */
export async function setSeatsAtStripe(
  run: Pick<RunArguments<TargetType, unknown>, "db" | "effect" | "eventId" | "context">,
  target: Pick<TargetRow<"Organization">, "id" | "subscription">,
  seats: number,
): Promise<void> {
  const { id: organizationId, subscription } = target;
  if (!subscription?.stripeSubscriptionId) return;
  const given = await findGivenByChange(run.db, { target, after: { planId: subscription.planId, seats }, prorated: true });
  await callStripe(run, {
    kind: "setSeats",
    organizationId,
    objectId: subscription.id,
    parameters: { subscription: subscription.stripeSubscriptionId, seats },
    words: `Stripe: bill ${plural(seats, "seat")}`,
    gives: given && { ...given, staffMemberId: run.context.actor.id },
  });
}
