import type { Effect } from "./effect.ts";

/** A job of the queue "stripeEvent": look at what Stripe has of a customer, because of an event that it sent or of a call. */
export type MirrorJob = { stripeEventId: string } | { organizationId: string };

/** The worker compares the organization with what Stripe has of it. */
export function mirrorFromStripe(organizationId: string): Effect {
  return {
    name: "mirror from Stripe",
    queue: "stripeEvent",
    whileImpersonating: "suppress",
    payload: { organizationId } satisfies MirrorJob,
    words: "Billing is compared with Stripe",
  };
}
