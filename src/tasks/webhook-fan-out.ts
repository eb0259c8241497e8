import { createHash } from "node:crypto";
import { Prisma } from "#generated/prisma/client.ts";
import { isShut } from "#server/closure.ts";
import { transaction } from "#server/db.ts";
import type { EffectJob } from "#server/effects/effect.ts";
import type { WebhookJob } from "#server/effects/webhook.ts";
import { send } from "#server/jobs/boss.ts";

type EventJob = EffectJob<Extract<WebhookJob, { kind: "event" }>>;

/** One delivery for each endpoint that wants the event. Called again for the same job, it makes none a second time. */
export function fanOut(jobId: string, { payload, origin }: EventJob): Promise<void> {
  const { event, organizationId, data, endpointId } = payload;
  return transaction(async (db) => {
    const endpoints = await db.$queryRaw<{ id: string }[]>`
      SELECT e."id" FROM "WebhookEndpoint" e
      WHERE e."organizationId" = ${organizationId}
        AND CASE WHEN ${endpointId ?? null}::text IS NULL THEN ${event} = ANY (e."events") ELSE e."id" = ${endpointId ?? null} END
        AND NOT ${isShut(Prisma.sql`e."organizationId"`)}`;
    const made = await db.webhookDelivery.createManyAndReturn({
      data: endpoints.map((endpoint) => {
        const id = deliveryId({ eventId: origin.eventId, jobId, endpointId: endpoint.id });
        const body = { id, event, organizationId, createdAt: new Date().toISOString(), data };
        return { id, endpointId: endpoint.id, event, payload: origin.actedBy ? { ...body, actedBy: origin.actedBy } : body };
      }),
      skipDuplicates: true,
      select: { id: true },
    });
    const jobs = made.map(({ id }) => ({ payload: { kind: "delivery", deliveryId: id, attempt: 1 } satisfies WebhookJob, origin }));
    await send(db, "webhook", jobs);
  });
}

/** In the form of the database's own ids: the time of the event, then what makes it the same each time. */
function deliveryId({ eventId, jobId, endpointId }: { eventId: string; jobId: string; endpointId: string }): string {
  const time = eventId.slice(4, 16);
  return `whd_${time}${createHash("sha256").update(`${jobId} ${endpointId}`).digest("hex").slice(0, 12)}`;
}
