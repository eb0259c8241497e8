import Stripe from "stripe";
import type { StripeCallKind } from "#domain/stripe-calls.ts";
import { type CallArguments, type Done, type Performer, RefusedByStripe } from "./call.ts";
import { createSubscription, reactivate } from "./calls/begin-subscription.ts";
import { createCustomer } from "./calls/create-customer.ts";
import { credit } from "./calls/credit.ts";
import { oneOffInvoice } from "./calls/one-off-invoice.ts";
import { payInvoice } from "./calls/pay-invoice.ts";
import { refund } from "./calls/refund.ts";
import { applyDiscount, cancel, changePlan, extendTrial, setSeats } from "./calls/subscription.ts";
import { stripe } from "./client.ts";

const performers: { [Kind in StripeCallKind]: Performer<Kind> } = {
  createCustomer,
  createSubscription,
  refund,
  credit,
  oneOffInvoice,
  changePlan,
  setSeats,
  extendTrial,
  cancel,
  reactivate,
  applyDiscount,
  payInvoice,
};

/** Stripe forgets keys after 24 hours; an hour is for clocks and for the way there. */
const keysAreKept = 23 * 60 * 60 * 1_000;

export type Outcome = ({ state: "succeeded" } & Done) | { state: "failed"; failure: string };
type StoredCall = { id: string; kind: string; parameters: unknown; createdAt: Date };

/**
 * Has Stripe do it, exactly once however often this is repeated. Answers what came of it, also where Stripe refused for
 * good; throws where it is not known, and the same has to be tried again.
 */
export async function performCall({ id: callId, kind, parameters, createdAt }: StoredCall): Promise<Outcome> {
  if (!isKind(kind)) return { state: "failed", failure: `This version does not know the call “${kind}”.` };
  const performer = performers[kind] as Performer<StripeCallKind>;
  const mayBeForgotten = Date.now() - createdAt.getTime() > keysAreKept;
  const given = { stripe: stripe(), callId, parameters, mayBeForgotten } as CallArguments<StripeCallKind>;
  try {
    const known = mayBeForgotten ? await performer.find?.(given) : null;
    return { state: "succeeded", ...(known ?? (await performOrFind(performer, given))) };
  } catch (error) {
    const failure = explainRefusal(error);
    if (failure === null) throw error;
    return { state: "failed", failure };
  }
}

/** Stripe keeps also a 500 under its key, and answers it again and again, although what was asked for may be there. */
async function performOrFind(performer: Performer<StripeCallKind>, given: CallArguments<StripeCallKind>): Promise<Done> {
  try {
    return await performer.perform(given);
  } catch (error) {
    if (!(error instanceof Stripe.errors.StripeAPIError) || (error.statusCode ?? 0) < 500) throw error;
    const found = await performer.find?.(given);
    if (!found) throw error;
    return found;
  }
}

/** A sentence where Stripe will not do it, whoever asks again; null where that is not sure. */
function explainRefusal(error: unknown): string | null {
  if (error instanceof RefusedByStripe) return error.message;
  if (error instanceof Stripe.errors.StripeCardError) return `The card was declined: ${error.message}`.slice(0, 300);
  if (error instanceof Stripe.errors.StripeInvalidRequestError) return `Stripe refused: ${error.message}`.slice(0, 300);
  return null;
}

function isKind(kind: string): kind is StripeCallKind {
  return Object.hasOwn(performers, kind);
}
