import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { reader, writer } from "#server/db.ts";
import { stripe as sdk } from "#server/stripe/client.ts";
import { takeStripeEvent } from "#server/stripe/receive-event.ts";
import { asRole } from "#testing/database.ts";
import { arrange, findEvents, unique } from "#testing/fixtures.ts";
import { queuedJobs } from "#testing/queued-jobs.ts";
import { startTestStripe, type TestStripe } from "#testing/stripe.ts";
import { type BilledWorld, makeBilledWorld, makeRefundCall } from "#testing/stripe-world.ts";
import { carryOutStripeCallsTask } from "./carry-out-stripe-calls.ts";
import { deleteExpiredTask } from "./delete-expired.ts";
import { mirrorOrganization } from "./mirror-stripe.ts";
import { queueReconciliationTask, reconcileStripeTask } from "./reconcile-stripe.ts";

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

test("what Stripe decides on is taken over, with one event; what staff decide on is drift", async () => {
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

test("several looks at one customer at the same time are one event, and none of them fails", async () => {
  const world = await makeBilledWorld(stripe);
  await sdk().customers.createBalanceTransaction(world.customer.id, { amount: -500, currency: "eur" });
  await Promise.all(Array.from({ length: 6 }, () => mirrorOrganization(world.id)));
  expect(await mirrorEvents(world)).toMatchObject([{ outcome: "succeeded" }]);
});

test("an invoice whose number another customer has too is taken over", async () => {
  const other = await makeBilledWorld(stripe);
  const world = await makeBilledWorld(stripe);
  const theirs = await reader().invoice.findUniqueOrThrow({ where: { id: world.invoiceId } });
  await arrange((db) => db.invoice.delete({ where: { id: world.invoiceId }, select: { id: true } }));
  await arrange((db) => db.invoice.update({ where: { id: other.invoiceId }, data: { number: theirs.number }, select: { id: true } }));
  await mirrorOrganization(world.id);
  const found = await reader().invoice.findMany({ where: { number: theirs.number }, select: { organizationId: true } });
  expect(found.map(({ organizationId }) => organizationId).sort()).toEqual([other.id, world.id].sort());
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

test("a look that is older than a decision of staff does not undo it", async () => {
  const world = await makeBilledWorld(stripe);
  const { id } = await reader().subscription.findUniqueOrThrow({ where: { organizationId: world.id }, select: { id: true } });
  // What staff decided waits to be carried out while Stripe still says "active".
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

test("what was given back at Stripe itself, and cannot be taken over, is drift of the invoice", async () => {
  const world = await makeBilledWorld(stripe);
  const charge = await sdk().charges.list({ payment_intent: world.paymentIntent });
  await sdk().refunds.create({ charge: charge.data[0]?.id ?? "", amount: 500, metadata: { countersign_call: await settledCall(world) } });
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

test("events that nobody will send again are forgotten, others are not", async () => {
  const [old, recent] = [`evt_${unique()}`, `evt_${unique()}`];
  for (const id of [old, recent]) await takeStripeEvent({ id, type: "customer.updated", data: { object: {} } } as never);
  await asRole("superuser", (client) =>
    client.query(`UPDATE "StripeEvent" SET "receivedAt" = now() - interval '91 days' WHERE "id" = $1`, [old]),
  );
  await deleteExpiredTask.run();
  const left = await reader().stripeEvent.findMany({ where: { id: { in: [old, recent] } }, select: { id: true } });
  expect(left).toEqual([{ id: recent }]);
});

test("everybody is compared in turn without being asked, as a job of theirs, and not again until they are due", async () => {
  await writer().$executeRaw`
    INSERT INTO "StripeMirror" ("organizationId", "lookedAt") SELECT "id", now() FROM "Organization"
    ON CONFLICT ("organizationId") DO UPDATE SET "lookedAt" = now()`;
  const world = await makeBilledWorld(stripe);
  await setSeats(world, 8);
  await Promise.all([queueReconciliationTask.run(), queueReconciliationTask.run()]);
  const jobs = await queuedJobs("reconciliation", ({ organizationId }) => organizationId === world.id);
  expect(jobs, "whoever looks at the same time finds nothing left").toHaveLength(1);
  const [job] = jobs as unknown as [Parameters<typeof reconcileStripeTask.handle>[0]];
  await stripe.fault({ mode: "down" });
  await expect(reconcileStripeTask.handle(job), "the queue tries again").rejects.toThrow();
  await stripe.fault({ mode: "none" });
  await reconcileStripeTask.handle(job);
  expect(await driftOf(world)).toHaveLength(1);
  await queueReconciliationTask.run();
  expect(await queuedJobs("reconciliation", ({ organizationId }) => organizationId === world.id)).toHaveLength(1);
});

/** One that Stripe refused, as far as we know. */
async function settledCall(world: BilledWorld): Promise<string> {
  const { callId, ledgerId } = await makeRefundCall(world, 500);
  const data = { state: "failed", failure: "Refused.", settledAt: new Date() } as const;
  await arrange((db) => db.stripeCall.update({ where: { id: callId }, data, select: { id: true } }));
  await arrange((db) => db.ledgerEntry.update({ where: { id: ledgerId }, data, select: { id: true } }));
  return callId;
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
