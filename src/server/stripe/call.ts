import type Stripe from "stripe";
import type { StripeCallKind, StripeCalls } from "#domain/stripe-calls.ts";

/** What came of a call: the id of what there is now at Stripe; of a refund also the charge that it gives back from. */
export type Done = { stripeId: string; chargeId?: string | null };

export type CallArguments<Kind extends StripeCallKind> = {
  stripe: Stripe;
  /** The idempotency key, and the mark by which what it made is found again. */
  callId: string;
  parameters: StripeCalls[Kind];
  /** Whether Stripe may have forgotten the idempotency key, so that what it made has to be looked for first. */
  mayBeForgotten: boolean;
};

/** How one kind of call is carried out. Repeating it with the same id has no further effect. */
export type Performer<Kind extends StripeCallKind> = {
  perform(arguments_: CallArguments<Kind>): Promise<Done>;
  /** What an earlier try made although its answer was lost; null where there is no sign of it. */
  find?(arguments_: CallArguments<Kind>): Promise<Done | null>;
};

/** In the metadata of whatever a call makes. */
export const callMark = "countersign_call";

/** Stripe's word that it will not do this, whoever asks again: a sentence for people. */
export class RefusedByStripe extends Error {}

/** The first of a list that this call made. */
export async function findMarked<Found extends { metadata: Stripe.Metadata | null }>(
  list: AsyncIterable<Found>,
  callId: string,
): Promise<Found | null> {
  for await (const one of list) if (one.metadata?.[callMark] === callId) return one;
  return null;
}
