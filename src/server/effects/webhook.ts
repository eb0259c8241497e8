import { type WebhookEvent, webhookEvents } from "#domain/webhook-events.ts";
import type { InputJsonObject } from "#generated/prisma/internal/prismaNamespace.ts";
import type { Effect } from "./effect.ts";

/** A job of the queue "webhook": tell an organization's endpoints of something, or one attempt to deliver to one of them. */
export type WebhookJob =
  | { kind: "event"; event: WebhookEvent; organizationId: string; data: InputJsonObject; endpointId?: string }
  | { kind: "delivery"; deliveryId: string; attempt: number };

type Told = {
  event: WebhookEvent;
  organizationId: string;
  data: InputJsonObject;
  /** Only to this one, whatever events it wants. */
  endpointId?: string;
};

/** Tells those of the organization's endpoints that want this event. They are looked up when it is carried out. */
export function webhookEvent({ event, organizationId, data, endpointId }: Told): Effect {
  return {
    name: `webhook ${event}`,
    queue: "webhook",
    whileImpersonating: "tag",
    payload: { kind: "event", event, organizationId, data, ...(endpointId && { endpointId }) } satisfies WebhookJob,
    words: `Webhook “${webhookEvents[event]}” to ${endpointId ? "this endpoint" : "the endpoints that want it"}`,
  };
}
