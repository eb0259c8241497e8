import type Stripe from "stripe";
import type { StripeObject } from "./kinds.ts";
import { type Draft, newId } from "./store.ts";

/** Says that something happened to an object: kept with the change, listed, and sent to the webhook afterwards. */
export function emit(draft: Draft, type: Stripe.Event.Type, object: StripeObject): void {
  const { id = null, idempotencyKey = null } = draft.request;
  draft.put({
    id: newId("event"),
    object: "event",
    api_version: "2026-10-28.endive",
    created: draft.now,
    data: { object },
    livemode: false,
    pending_webhooks: 1,
    request: id === null ? null : { id, idempotency_key: idempotencyKey },
    type,
  } as unknown as Stripe.Event);
}
