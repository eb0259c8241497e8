import { plural } from "#lib/text.ts";
import type { RunArguments } from "../operation.ts";
import type { TargetRow, TargetType } from "../targets.ts";
import { callStripe } from "./call-stripe.ts";

/** Has the payment provider bill so many seats, where it knows the subscription. */
export async function setSeatsAtStripe(
  run: Pick<RunArguments<TargetType, unknown>, "db" | "effect" | "eventId">,
  { id: organizationId, subscription }: Pick<TargetRow<"Organization">, "id" | "subscription">,
  seats: number,
): Promise<void> {
  if (!subscription?.stripeSubscriptionId) return;
  await callStripe(run, {
    kind: "setSeats",
    organizationId,
    objectId: subscription.id,
    parameters: { subscription: subscription.stripeSubscriptionId, seats },
    words: `Stripe: bill ${plural(seats, "seat")}`,
  });
}
