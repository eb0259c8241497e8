import type { RunArguments } from "../operation.ts";
import type { TargetType } from "../targets.ts";
import { callStripe } from "./call-stripe.ts";

type New = { organizationId: string; name: string };

/** A new organization is a customer at the payment provider as well, without a payment method; what it pays for follows. */
export async function becomeCustomer(
  run: Pick<RunArguments<TargetType, unknown>, "db" | "effect" | "eventId">,
  { organizationId, name }: New,
): Promise<void> {
  await callStripe(run, {
    kind: "createCustomer",
    organizationId,
    objectId: organizationId,
    parameters: { name },
    words: `Stripe: a customer for ${name}, without a payment method`,
  });
}
