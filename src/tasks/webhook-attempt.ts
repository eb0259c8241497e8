import { nextTry } from "#domain/webhook-retries.ts";
import { decryptSecret } from "#server/auth/encrypt-secret.ts";
import { recordEvent, transaction, writer } from "#server/db.ts";
import type { EffectJob } from "#server/effects/effect.ts";
import type { WebhookJob } from "#server/effects/webhook.ts";
import { send } from "#server/jobs/boss.ts";
import { publicFetch } from "#server/public-fetch.ts";
import { systemContext } from "#server/system-context.ts";
import { signatureHeader, signingSecretOf, signWebhook } from "#server/webhook-signature.ts";

type DeliveryJob = EffectJob<Extract<WebhookJob, { kind: "delivery" }>>;
type Delivery = NonNullable<Awaited<ReturnType<typeof findDelivery>>>;
type Outcome = { status: number | null; error: string | null };

/**
 * One attempt. Each attempt is a job of its own, put into the queue together with what the one before came to, so that
 * the row always says when the next one is. Whoever receives it knows a repetition by the delivery's id.
 */
export async function attemptDelivery({ payload: { deliveryId, attempt }, origin }: DeliveryJob): Promise<{ gaveUp?: string } | undefined> {
  const delivery = await findDelivery(deliveryId);
  // Deleted with its endpoint; or this attempt was made, and the worker died before it could say so.
  if (!delivery || delivery.state === "delivered" || (delivery.state === "pending" && delivery.attempts !== attempt - 1)) return undefined;
  const { status, error } = await sendTo(delivery);
  const attempts = delivery.attempts + 1;
  if (error === null) {
    const delivered = {
      state: "delivered",
      attempts,
      lastStatus: status,
      lastError: null,
      nextTryAt: null,
      deliveredAt: new Date(),
    } as const;
    await writer().webhookDelivery.updateMany({ where: { id: deliveryId }, data: delivered });
    return undefined;
  }
  const nextTryAt = delivery.state === "pending" ? nextTry(attempts, new Date()) : null;
  await transaction(async (db) => {
    const { count } = await db.webhookDelivery.updateMany({
      where: { id: deliveryId, attempts: delivery.attempts },
      data: { state: nextTryAt ? "pending" : "failed", attempts, lastStatus: status, lastError: error, nextTryAt },
    });
    const next = { kind: "delivery", deliveryId, attempt: attempts + 1 } satisfies WebhookJob;
    if (count === 1 && nextTryAt) await send(db, "webhook", [{ payload: next, origin }], { startAfter: nextTryAt });
  });
  return nextTryAt ? undefined : giveUp(delivery, { error, attempts, origin });
}

function findDelivery(id: string) {
  return writer().webhookDelivery.findUnique({
    where: { id },
    select: {
      id: true,
      state: true,
      attempts: true,
      payload: true,
      event: true,
      endpoint: { select: { id: true, url: true, signingSecret: true, organizationId: true } },
    },
  });
}

async function sendTo({ id, event, payload, endpoint }: Delivery): Promise<Outcome> {
  const body = JSON.stringify(payload);
  try {
    const headers = {
      "content-type": "application/json",
      "user-agent": "Countersign-Webhooks/1",
      "countersign-delivery": id,
      "countersign-event": event,
      [signatureHeader]: signWebhook({ secret: readSecret(endpoint), body, at: new Date() }),
    };
    const { status } = await publicFetch({ url: endpoint.url, headers, body });
    const redirected = status >= 300 && status < 400 ? " Redirects are not followed." : "";
    return { status, error: status >= 200 && status < 300 ? null : `It answered ${status}.${redirected}` };
  } catch (error) {
    return { status: null, error: (error instanceof Error ? error.message : String(error)).slice(0, 300) };
  }
}

function readSecret({ signingSecret, organizationId }: Delivery["endpoint"]): string {
  try {
    return decryptSecret(signingSecret, signingSecretOf(organizationId));
  } catch (error) {
    throw new Error("Its signing secret cannot be read any more: make a new one.", { cause: error });
  }
}

async function giveUp(
  { id, event, endpoint }: Delivery,
  { error, attempts, origin }: { error: string; attempts: number; origin: DeliveryJob["origin"] },
): Promise<{ gaveUp: string }> {
  await recordEvent({
    context: { ...systemContext("Webhook delivery"), requestId: origin.requestId },
    operation: "webhook.deliver",
    outcome: "failed",
    summary: `A webhook (${event}) was given up after ${attempts} attempts`,
    organizationId: endpoint.organizationId,
    target: { type: "WebhookEndpoint", id: endpoint.id, label: endpoint.url },
    metadata: { causedBy: origin.eventId, deliveryId: id, error },
  });
  return { gaveUp: error };
}
