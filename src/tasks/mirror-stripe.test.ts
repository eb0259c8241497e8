import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { reader, writer } from "#server/db.ts";
import { stripe as sdk } from "#server/stripe/client.ts";
import { takeStripeEvent } from "#server/stripe/receive-event.ts";
import { arrange, findEvents } from "#testing/fixtures.ts";
import { queuedJobs } from "#testing/queued-jobs.ts";
import { startTestStripe, type TestStripe } from "#testing/stripe.ts";
import { type BilledWorld, makeBilledWorld, makeRefundCall } from "#testing/stripe-world.ts";
import { carryOutStripeCallsTask } from "./carry-out-stripe-calls.ts";
import { mirrorOrganization, mirrorStripeTask } from "./mirror-stripe.ts";
import { reconcileStripeTask } from "./reconcile-stripe.ts";

let stripe: TestStripe;
beforeAll(async () => {
  stripe = await startTestStripe();
});
afterAll(() => stripe.stop());
beforeEach(() => stripe.fault({ mode: "none" }));

test("what is alike on both sides makes no event and no drift", async () => {
  const world = await makeBilledWorld(stripe);
  await mirrorOrganization(world.id);
  expect(await mirrorEvents(world)).toEqual([]);
  expect(await driftOf(world)).toEqual([]);
});

test("what Stripe decides on is taken over, with one event; what operators decide on is drift", async () => {
  const world = await makeBilledWorld(stripe);
  const { subscription } = world.customer;
  const item = (await sdk().subscriptions.retrieve(subscription?.id ?? "")).items.data[0];
  await sdk().subscriptions.update(subscription?.id ?? "", { items: [{ id: item?.id ?? "", quantity: 9 }], proration_behavior: "none" });
  await sdk().customers.createBalanceTransaction(world.customer.id, { amount: -700, currency: "eur" });
  await mirrorOrganization(world.id);
  expect(await mirrorEvents(world)).toHaveLength(1);
  const organization = await reader().organization.findUniqueOrThrow({ where: { id: world.id }, select: { creditBalance: true } });
  expect(organization.creditBalance).toBe(700);
  expect(await driftOf(world)).toMatchObject([{ objectType: "Subscription", field: "seats", ours: 5, theirs: 9 }]);
  await mirrorOrganization(world.id);
  expect(await mirrorEvents(world)).toHaveLength(1);
});

test("drift is gone when both sides say the same again", async () => {
  const world = await makeBilledWorld(stripe);
  await setSeats(world, 9);
  await mirrorOrganization(world.id);
  expect(await driftOf(world)).toHaveLength(1);
  await setSeats(world, 5);
  await mirrorOrganization(world.id);
  expect(await driftOf(world)).toEqual([]);
});

test("a collection that fails turns the subscription past due, and the owners get one mail for the invoice", async () => {
  const world = await makeBilledWorld(stripe);
  await sdk().paymentMethods.update(world.customer.card?.id ?? "", { metadata: { decline: "insufficient_funds" } });
  await stripe.control("advance", { now: (world.customer.subscription?.periodEnd ?? 0) + 60 });
  await mirrorOrganization(world.id);
  expect(await reader().subscription.findUniqueOrThrow({ where: { organizationId: world.id } })).toMatchObject({ status: "pastDue" });
  const open = await reader().invoice.findFirstOrThrow({ where: { organizationId: world.id, status: "open" } });
  expect(open).toMatchObject({ amountDue: 4_500, amountPaid: 0, attempts: 1 });
  expect(open.nextAttemptAt).not.toBeNull();
  expect(await failureMails(world)).toHaveLength(1);
  await stripe.control("advance", { now: Math.floor((open.nextAttemptAt?.getTime() ?? 0) / 1_000) + 60 });
  await mirrorOrganization(world.id);
  expect(await reader().invoice.findUniqueOrThrow({ where: { id: open.id } })).toMatchObject({ attempts: 2 });
  expect(await failureMails(world)).toHaveLength(1);
});

test("a look that is older than an operator's decision does not undo it", async () => {
  const world = await makeBilledWorld(stripe);
  const { id } = await reader().subscription.findUniqueOrThrow({ where: { organizationId: world.id }, select: { id: true } });
  // What an operator decided waits to be carried out while Stripe still says "active".
  await arrange(async (db) => {
    await db.subscription.update({ where: { id }, data: { status: "canceled", canceledAt: new Date() }, select: { id: true } });
    const parameters = { subscription: world.customer.subscription?.id ?? "", when: "now" };
    await db.stripeCall.create({
      data: { organizationId: world.id, kind: "cancel", objectId: id, parameters, eventId: "evt_test" },
      select: { id: true },
    });
  });
  await mirrorOrganization(world.id);
  expect(await reader().subscription.findUniqueOrThrow({ where: { id } })).toMatchObject({ status: "canceled" });
  expect(await driftOf(world)).toEqual([]);
  const call = await reader().stripeCall.findFirstOrThrow({ where: { objectId: id } });
  await workCall(call.id);
  await mirrorOrganization(world.id);
  expect(await reader().subscription.findUniqueOrThrow({ where: { id } })).toMatchObject({ status: "canceled" });
  expect((await sdk().subscriptions.retrieve(world.customer.subscription?.id ?? "")).status).toBe("canceled");
});

test("a refund that the bank sends back later has failed here too, and may be made again", async () => {
  const world = await makeBilledWorld(stripe);
  const { callId, ledgerId } = await makeRefundCall(world, 4_500);
  await workCall(callId);
  const { stripeId } = await reader().ledgerEntry.findUniqueOrThrow({ where: { id: ledgerId } });
  await stripe.control("fail-refund", { id: stripeId });
  await mirrorOrganization(world.id);
  expect(await reader().ledgerEntry.findUniqueOrThrow({ where: { id: ledgerId } })).toMatchObject({ state: "failed" });
  expect(await driftOf(world)).toEqual([]);
});

test("what was given back at Stripe itself is drift of the invoice", async () => {
  const world = await makeBilledWorld(stripe);
  await sdk().refunds.create({ payment_intent: world.paymentIntent, amount: 500 });
  await mirrorOrganization(world.id);
  expect(await driftOf(world)).toMatchObject([
    { objectType: "Invoice", objectId: world.invoiceId, field: "refunded", ours: 0, theirs: 500 },
  ]);
});

test("a customer who was deleted at Stripe is drift, and nothing here is emptied", async () => {
  const world = await makeBilledWorld(stripe);
  await sdk().customers.del(world.customer.id);
  await mirrorOrganization(world.id);
  expect(await driftOf(world)).toMatchObject([{ objectType: "Organization", field: "stripeCustomerId", theirs: null }]);
  expect(await mirrorEvents(world)).toEqual([]);
});

test("everybody is compared in turn without being asked, and not again until they are due", async () => {
  const world = await makeBilledWorld(stripe);
  await setSeats(world, 8);
  while ((await writer().stripeMirror.count({ where: { organizationId: world.id, lookedAt: { not: null } } })) === 0)
    await reconcileStripeTask.run();
  expect(await driftOf(world)).toHaveLength(1);
  await setSeats(world, 5);
  await reconcileStripeTask.run();
  expect(await driftOf(world)).toHaveLength(1);
});

test("a thousand shuffled and repeated webhooks lead to the same state as those in order", async () => {
  const [orderly, shuffled] = [await makeBilledWorld(stripe), await makeBilledWorld(stripe)];
  const random = randomFrom(20_261_122);
  const waiting: string[] = [];
  let delivered = 0;
  for (let round = 0; round < 12; round += 1) {
    for (const world of [orderly, shuffled]) await live(world, round);
    for (const id of await newEvents(orderly)) await deliver(id);
    for (const id of await newEvents(shuffled)) waiting.push(...Array<string>(1 + Math.floor(random() * 16)).fill(id));
    // Some come early, some rounds later, all of them in any order.
    while (waiting.length > 0 && random() > 0.02) {
      await deliver(waiting.splice(Math.floor(random() * waiting.length), 1)[0] ?? "");
      delivered += 1;
    }
  }
  while (waiting.length < 1_000 - delivered) waiting.push(...(await eventsOf(shuffled)).map(({ id }) => id));
  for (const id of waiting.sort(() => random() - 0.5)) {
    await deliver(id);
    delivered += 1;
  }
  expect(delivered).toBeGreaterThanOrEqual(1_000);
  const state = await stateOf(shuffled);
  expect(state).toEqual(await stateOf(orderly));
  expect(state.invoices.length).toBeGreaterThan(10);
}, 180_000);

/** What happens to a customer at Stripe in one round. */
async function live({ customer }: BilledWorld, round: number): Promise<void> {
  const api = sdk();
  const card = customer.card?.id ?? "";
  await api.paymentMethods.update(card, { metadata: { decline: round % 3 === 1 ? "insufficient_funds" : "" } });
  const invoice = await api.invoices.create({ customer: customer.id, currency: "eur" });
  await api.invoiceItems.create({
    customer: customer.id,
    invoice: invoice.id,
    amount: 1_000 + round,
    currency: "eur",
    description: "Work",
  });
  await api.invoices.finalizeInvoice(invoice.id, { auto_advance: true });
  if (round % 3 === 2) await api.customers.createBalanceTransaction(customer.id, { amount: -100 - round, currency: "eur" });
  if (round % 4 === 2) await api.subscriptions.update(customer.subscription?.id ?? "", { cancel_at_period_end: round % 8 === 2 });
  if (round === 11) await api.subscriptions.cancel(customer.subscription?.id ?? "");
}

const known = new Map<string, number>();

async function newEvents(world: BilledWorld): Promise<string[]> {
  const all = (await eventsOf(world)).reverse();
  const from = known.get(world.id) ?? 0;
  known.set(world.id, all.length);
  return all.slice(from).map(({ id }) => id);
}

async function eventsOf({ customer }: BilledWorld) {
  const events = await stripe.objects("event");
  return events.filter(({ data }) => JSON.stringify(data.object).includes(customer.id));
}

/** As the receiver and the worker would: twice the same is work once. */
async function deliver(id: string): Promise<void> {
  const event = await sdk().events.retrieve(id);
  const { isNew } = await takeStripeEvent(event);
  if (isNew) await workEvent(id);
}

async function workEvent(stripeEventId: string): Promise<void> {
  const origin = { eventId: null, requestId: "req_test", organizationId: null, actedBy: null };
  await mirrorStripeTask.handle({ id: stripeEventId, data: { payload: { stripeEventId }, origin } as never });
}

/** All that counts, without ids and times of its own. */
async function stateOf({ id, slug, customer }: BilledWorld) {
  const organization = await reader().organization.findUniqueOrThrow({
    where: { id },
    select: { creditBalance: true, subscription: { select: { status: true, planId: true, seats: true } } },
  });
  const invoices = await reader().invoice.findMany({
    where: { organizationId: id },
    select: { status: true, amountDue: true, amountPaid: true, attempts: true, currency: true, lines: true },
    orderBy: [{ amountDue: "asc" }, { status: "asc" }],
  });
  const drift = await reader().billingDrift.findMany({ where: { organizationId: id }, select: { objectType: true, field: true } });
  const card = await reader().paymentMethod.findUnique({ where: { organizationId: id }, select: { last4: true } });
  expect(slug && customer).toBeTruthy();
  return { organization, invoices, drift, card };
}

function mirrorEvents({ id }: BilledWorld) {
  return findEvents({ operation: "organization.mirrorStripe", organizationId: id });
}

function driftOf({ id }: BilledWorld) {
  return reader().billingDrift.findMany({ where: { organizationId: id } });
}

function failureMails({ slug }: BilledWorld) {
  return queuedJobs("mail", (payload) => payload.mail === "paymentFailed" && (payload.data as { slug: string }).slug === slug);
}

async function setSeats({ customer }: BilledWorld, quantity: number): Promise<void> {
  const id = customer.subscription?.id ?? "";
  const item = (await sdk().subscriptions.retrieve(id)).items.data[0];
  await sdk().subscriptions.update(id, { items: [{ id: item?.id ?? "", quantity }], proration_behavior: "none" });
}

function workCall(callId: string) {
  const origin = { eventId: "evt_test", requestId: "req_test", organizationId: null, actedBy: null };
  return carryOutStripeCallsTask.handle({ id: callId, data: { payload: { callId }, origin } as never });
}

function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}
