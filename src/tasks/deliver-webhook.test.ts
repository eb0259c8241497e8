import { randomUUID } from "node:crypto";
import type { ServerResponse } from "node:http";
import { afterEach, expect, test, vi } from "vitest";
import { webhookExample } from "#domain/webhook-example.ts";
import { mostAttempts } from "#domain/webhook-retries.ts";
import { writer } from "#server/db.ts";
import type { Origin } from "#server/effects/effect.ts";
import { type WebhookJob, webhookEvent } from "#server/effects/webhook.ts";
import { signWebhook } from "#server/webhook-signature.ts";
import { asRole } from "#testing/database.ts";
import { arrange, findEvents, makeOrganization, unique } from "#testing/fixtures.ts";
import { type Received, startReceiver } from "#testing/receiver.ts";
import { makeWebhook } from "#testing/scenarios/integrations.ts";
import { deliverWebhookTask } from "./deliver-webhook.ts";

// The receivers of these tests run on this machine.
vi.stubEnv("WEBHOOK_ALLOW_PRIVATE", "true");

const stops: (() => Promise<void>)[] = [];
afterEach(async () => void (await Promise.all(stops.splice(0).map((stop) => stop()))));

async function arrangeWebhook(answer?: (response: ServerResponse, received: Received) => void, events?: string[]) {
  const receiver = await startReceiver(answer);
  stops.push(receiver.stop);
  const world = await makeOrganization();
  return { receiver, world, webhook: await makeWebhook(world, { url: receiver.url, ...(events && { events }) }) };
}

const originOf = (world: { id: string }, actedBy: Origin["actedBy"] = null): Origin => ({
  eventId: `evt_019aa0000000${unique()}`,
  requestId: "req_test",
  organizationId: world.id,
  actedBy,
});

/** Works a job as the worker does. */
function work(job: WebhookJob, origin: Origin, id = randomUUID()) {
  return deliverWebhookTask.handle({ id, data: { payload: job, origin } as never });
}

async function tell(world: { id: string }, event: "monitor.down" | "monitor.up" = "monitor.down", actedBy: Origin["actedBy"] = null) {
  const { payload } = webhookEvent({ event, organizationId: world.id, data: { monitor: { id: "mon_1", name: "Ünï" } } });
  const [origin, jobId] = [originOf(world, actedBy), randomUUID()];
  await work(payload as WebhookJob, origin, jobId);
  return { origin, jobId, payload: payload as WebhookJob };
}

const deliveries = (endpointId: string) => writer().webhookDelivery.findMany({ where: { endpointId }, orderBy: { id: "asc" } });

/** What waits in the queue for this delivery. */
function jobsOf(deliveryId: string): Promise<{ payload: WebhookJob & { attempt: number }; start_after: Date }[]> {
  return asRole("superuser", async (client) => {
    const { rows } = await client.query(
      `SELECT data->'payload' AS payload, start_after FROM pgboss.job WHERE name = 'webhook' AND data->'payload'->>'deliveryId' = $1 ORDER BY created_on`,
      [deliveryId],
    );
    return rows;
  });
}

async function onlyDelivery(endpointId: string) {
  const [delivery, ...others] = await deliveries(endpointId);
  expect(others).toEqual([]);
  if (!delivery) throw new Error("There is no delivery.");
  return delivery;
}

// As the developers' page shows it.
const { isFromCountersign } = (await import(`data:text/javascript,${encodeURIComponent(webhookExample)}`)) as {
  isFromCountersign: (header: string, body: string, secret: string) => boolean;
};

test("an endpoint that wants the event gets it once, signed", async () => {
  const { receiver, world, webhook } = await arrangeWebhook();
  const { origin } = await tell(world);
  const { id } = await onlyDelivery(webhook.id);
  await work({ kind: "delivery", deliveryId: id, attempt: 1 }, origin);
  const [received] = receiver.received;
  expect(receiver.received).toHaveLength(1);
  expect(JSON.parse(received?.body ?? "")).toMatchObject({
    id,
    event: "monitor.down",
    organizationId: world.id,
    data: { monitor: { id: "mon_1", name: "Ünï" } },
  });
  expect(received?.headers).toMatchObject({ "countersign-delivery": id, "countersign-event": "monitor.down" });
  const signature = String(received?.headers["countersign-signature"]);
  expect(isFromCountersign(signature, received?.body ?? "", webhook.secret)).toBe(true);
  expect(isFromCountersign(signature, `${received?.body} `, webhook.secret)).toBe(false);
  expect(isFromCountersign(signature, received?.body ?? "", "whsec_other")).toBe(false);
  const old = signWebhook({ secret: webhook.secret, body: "{}", at: new Date(Date.now() - 600_000) });
  expect(isFromCountersign(old, "{}", webhook.secret)).toBe(false);
  expect(await onlyDelivery(webhook.id)).toMatchObject({
    state: "delivered",
    attempts: 1,
    lastStatus: 200,
    nextTryAt: null,
    lastError: null,
  });
});

test("nobody else gets it: not who wants other events, not another organization, not a suspended one", async () => {
  const { world, webhook } = await arrangeWebhook(undefined, ["monitor.created"]);
  const other = await makeWebhook(await makeOrganization());
  await tell(world);
  expect(await deliveries(webhook.id)).toEqual([]);
  expect(await deliveries(other.id)).toEqual([]);
  const suspended = await makeOrganization();
  const silent = await makeWebhook(suspended);
  await arrange((db) => db.suspension.create({ data: { organizationId: suspended.id, reason: "x", ticket: "T" }, select: { id: true } }));
  await tell(suspended);
  expect(await deliveries(silent.id)).toEqual([]);
});

test("a job that is worked again after a crash makes no second delivery, and an attempt that was made is not made again", async () => {
  const { receiver, world, webhook } = await arrangeWebhook((response) => response.writeHead(500).end());
  const { origin, jobId, payload } = await tell(world);
  await work(payload, origin, jobId);
  const { id } = await onlyDelivery(webhook.id);
  expect(await jobsOf(id)).toHaveLength(1);
  await work({ kind: "delivery", deliveryId: id, attempt: 1 }, origin);
  await work({ kind: "delivery", deliveryId: id, attempt: 1 }, origin);
  expect(receiver.received).toHaveLength(1);
  expect(await jobsOf(id)).toHaveLength(2);
});

test("what fails is tried again later with the same id, and given up after three days at most, visibly", async () => {
  const { receiver, world, webhook } = await arrangeWebhook((response) => response.writeHead(503).end("later"));
  const { origin } = await tell(world);
  const { id } = await onlyDelivery(webhook.id);
  let waited = 0;
  for (let attempt = 1; attempt < mostAttempts; attempt += 1) {
    expect(await work({ kind: "delivery", deliveryId: id, attempt }, origin)).toBeUndefined();
    const { nextTryAt, ...row } = await onlyDelivery(webhook.id);
    expect(row).toMatchObject({ state: "pending", attempts: attempt, lastStatus: 503, lastError: "It answered 503." });
    const next = (await jobsOf(id)).at(-1);
    expect(next?.payload.attempt).toBe(attempt + 1);
    expect(next?.start_after.getTime()).toBe(nextTryAt?.getTime());
    waited += (nextTryAt?.getTime() ?? 0) - Date.now();
  }
  expect(waited).toBeGreaterThan(2.5 * 86_400_000);
  expect(waited).toBeLessThan(3 * 86_400_000);
  expect(await work({ kind: "delivery", deliveryId: id, attempt: mostAttempts }, origin)).toEqual({ gaveUp: "It answered 503." });
  expect(await onlyDelivery(webhook.id)).toMatchObject({ state: "failed", attempts: mostAttempts, nextTryAt: null });
  expect(await jobsOf(id)).toHaveLength(mostAttempts);
  expect(new Set(receiver.received.map(({ headers }) => headers["countersign-delivery"]))).toEqual(new Set([id]));
  expect(await findEvents({ operation: "webhook.deliver", organizationId: world.id })).toMatchObject([
    { outcome: "failed", actorType: "system", targetId: webhook.id, metadata: { deliveryId: id } },
  ]);
});

test("a redirect is not followed and counts as a failure", async () => {
  const inner = await startReceiver();
  stops.push(inner.stop);
  const { world, webhook } = await arrangeWebhook((response) => response.writeHead(302, { location: inner.url }).end());
  const { origin } = await tell(world);
  await work({ kind: "delivery", deliveryId: (await onlyDelivery(webhook.id)).id, attempt: 1 }, origin);
  expect(inner.received).toEqual([]);
  expect(await onlyDelivery(webhook.id)).toMatchObject({
    state: "pending",
    lastStatus: 302,
    lastError: "It answered 302. Redirects are not followed.",
  });
});

test("what staff caused in a customer's seat says so", async () => {
  const { receiver, world, webhook } = await arrangeWebhook();
  const actedBy = { actor: "Staff Person", onBehalfOf: "Dana" };
  const { origin } = await tell(world, "monitor.up", actedBy);
  await work({ kind: "delivery", deliveryId: (await onlyDelivery(webhook.id)).id, attempt: 1 }, origin);
  expect(JSON.parse(receiver.received[0]?.body ?? "")).toMatchObject({ event: "monitor.up", actedBy });
});

test("an endpoint that was deleted meanwhile is left alone", async () => {
  const { receiver, world, webhook } = await arrangeWebhook();
  const { origin } = await tell(world);
  const { id } = await onlyDelivery(webhook.id);
  await arrange((db) => db.webhookEndpoint.delete({ where: { id: webhook.id }, select: { id: true } }));
  expect(await work({ kind: "delivery", deliveryId: id, attempt: 1 }, origin)).toBeUndefined();
  expect(receiver.received).toEqual([]);
});
