import { afterAll, beforeAll, expect, test } from "vitest";
import { reader } from "#server/db.ts";
import { stripe as sdk } from "#server/stripe/client.ts";
import { takeStripeEvent } from "#server/stripe/receive-event.ts";
import { startTestStripe, type TestStripe } from "#testing/stripe.ts";
import { type BilledWorld, makeBilledWorld } from "#testing/stripe-world.ts";
import { mirrorStripeTask } from "./mirror-stripe.ts";

let stripe: TestStripe;
beforeAll(async () => {
  stripe = await startTestStripe();
});
afterAll(() => stripe.stop());

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
async function stateOf({ id }: BilledWorld) {
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
  return { organization, invoices, drift, card };
}

function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}
