import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { reader } from "#server/db.ts";
import { stripe as sdk } from "#server/stripe/client.ts";
import { asRole } from "#testing/database.ts";
import { arrange, findEvents, makeOrganization, unique } from "#testing/fixtures.ts";
import { queuedJobs } from "#testing/queued-jobs.ts";
import { startTestStripe, type TestStripe } from "#testing/stripe.ts";
import { makeBilledWorld, makeRefundCall } from "#testing/stripe-world.ts";
import { carryOutStripeCallsTask } from "./carry-out-stripe-calls.ts";
import { adoptStripeCallsTask } from "./reconcile-stripe.ts";

let stripe: TestStripe;
beforeAll(async () => {
  stripe = await startTestStripe();
});
afterAll(() => stripe.stop());
beforeEach(() => stripe.fault({ mode: "none" }));

test("a refund is made at Stripe, and its outcome is an event of its own that names the run", async () => {
  const world = await makeBilledWorld(stripe);
  const { callId, ledgerId } = await makeRefundCall(world, 1_000);
  await work(callId);
  const [refund] = await refundsOf(world.paymentIntent);
  expect(refund).toMatchObject({ amount: 1_000, status: "succeeded", metadata: { countersign_call: callId } });
  expect(await findLedger(ledgerId)).toMatchObject({ state: "succeeded", stripeId: refund?.id, failure: null });
  const call = await reader().stripeCall.findUniqueOrThrow({ where: { id: callId } });
  expect(call).toMatchObject({ state: "succeeded", stripeId: refund?.id });
  const [event] = await findEvents({ operation: "stripeCall.settle", targetId: callId });
  expect(event).toMatchObject({ outcome: "succeeded", organizationId: world.id, reason: `Outcome of run ${call.eventId}` });
});

test("an answer that was lost after the effect is one refund, whenever it is tried again", async () => {
  const world = await makeBilledWorld(stripe);
  const { callId, ledgerId } = await makeRefundCall(world, 1_000);
  await stripe.fault({ mode: "lost", next: 1, path: "/v1/refunds", method: "POST" });
  await expect(work(callId)).rejects.toThrow();
  expect(await refundsOf(world.paymentIntent)).toHaveLength(1);
  expect(await findLedger(ledgerId)).toMatchObject({ state: "pending" });
  await work(callId);
  await work(callId);
  expect(await refundsOf(world.paymentIntent)).toHaveLength(1);
  expect(await findLedger(ledgerId)).toMatchObject({ state: "succeeded" });
  expect(await findEvents({ operation: "stripeCall.settle", targetId: callId, outcome: "succeeded" })).toHaveLength(1);
});

test("once Stripe has forgotten the key, what was made is looked for first", async () => {
  const world = await makeBilledWorld(stripe);
  const { callId, ledgerId } = await makeRefundCall(world, 1_000);
  await stripe.fault({ mode: "lost", next: 1, path: "/v1/refunds", method: "POST" });
  await expect(work(callId)).rejects.toThrow();
  await stripe.control("age-keys", { seconds: 25 * 3_600 });
  await asRole("superuser", async (client) => {
    await client.query(`SET session_replication_role = replica`);
    await client.query(`UPDATE "StripeCall" SET "createdAt" = now() - interval '25 hours' WHERE "id" = $1`, [callId]);
  });
  await work(callId);
  expect(await refundsOf(world.paymentIntent)).toHaveLength(1);
  expect(await findLedger(ledgerId)).toMatchObject({ state: "succeeded" });
});

test.each(["errorBefore", "rateLimited", "down", "slow"] as const)(
  "while Stripe answers “%s” nothing is decided, and afterwards it is done once",
  async (mode) => {
    const world = await makeBilledWorld(stripe);
    const { callId, ledgerId } = await makeRefundCall(world, 1_000);
    await stripe.fault({ mode, milliseconds: 12_000 });
    await expect(work(callId)).rejects.toThrow();
    expect(await findLedger(ledgerId)).toMatchObject({ state: "pending", failure: null });
    await stripe.fault({ mode: "none" });
    // A slow one still works on the first request, and says so.
    await expect.poll(() => work(callId).then(() => "done", String), { timeout: 10_000 }).toBe("done");
    expect(await refundsOf(world.paymentIntent)).toHaveLength(1);
    expect(await findLedger(ledgerId)).toMatchObject({ state: "succeeded" });
  },
  30_000,
);

test("a failure of Stripe's own that came after the effect is recognised by looking", async () => {
  const world = await makeBilledWorld(stripe);
  const { callId, ledgerId } = await makeRefundCall(world, 1_000);
  await stripe.fault({ mode: "errorAfterEffect", next: 1, path: "/v1/refunds", method: "POST" });
  await work(callId);
  expect(await refundsOf(world.paymentIntent)).toHaveLength(1);
  expect(await findLedger(ledgerId)).toMatchObject({ state: "succeeded" });
});

test("a failure that Stripe keeps under the key is waited out until the key is forgotten", async () => {
  const world = await makeBilledWorld(stripe);
  const { callId, ledgerId } = await makeRefundCall(world, 1_000);
  await stripe.fault({ mode: "errorStored", next: 1, path: "/v1/refunds", method: "POST" });
  await expect(work(callId)).rejects.toThrow();
  await expect(work(callId)).rejects.toThrow();
  expect(await refundsOf(world.paymentIntent)).toEqual([]);
  await stripe.control("age-keys", { seconds: 25 * 3_600 });
  await work(callId);
  expect(await refundsOf(world.paymentIntent)).toHaveLength(1);
  expect(await findLedger(ledgerId)).toMatchObject({ state: "succeeded" });
});

test("what Stripe refuses for good is visible with its sentence, and is not tried again by itself", async () => {
  const world = await makeBilledWorld(stripe);
  await sdk().refunds.create({ payment_intent: world.paymentIntent });
  const { callId, ledgerId } = await makeRefundCall(world, 1_000);
  await work(callId);
  const failure = expect.stringMatching(/^Stripe refused: Charge ch_\w+ has already been refunded\.$/);
  expect(await findLedger(ledgerId)).toMatchObject({ state: "failed", failure, stripeId: null });
  expect(await reader().stripeCall.findUniqueOrThrow({ where: { id: callId } })).toMatchObject({ state: "failed", failure });
});

test("a bank that refuses the refund is a refusal, not a success", async () => {
  const world = await makeBilledWorld(stripe, { card: { id: `pm_${unique()}`, refundFailure: "expired_or_canceled_card" } });
  const { callId, ledgerId } = await makeRefundCall(world, 1_000);
  await work(callId);
  expect(await findLedger(ledgerId)).toMatchObject({
    state: "failed",
    failure: "Stripe could not refund this: expired or canceled card.",
  });
});

test("refunds that are worked on twice at the same time are made once", async () => {
  const world = await makeBilledWorld(stripe);
  const calls = await Promise.all([500, 600, 700].map((amount) => makeRefundCall(world, amount)));
  await Promise.allSettled([...calls, ...calls, ...calls].map(({ callId }) => work(callId)));
  for (const { callId } of calls) await work(callId);
  expect((await refundsOf(world.paymentIntent)).map(({ amount }) => amount).sort()).toEqual([500, 600, 700]);
});

test("calls about one subscription keep their order, whatever is tried when", async () => {
  const world = await makeBilledWorld(stripe);
  const subscription = world.customer.subscription?.id ?? "";
  const { id: objectId } = await reader().subscription.findUniqueOrThrow({ where: { organizationId: world.id }, select: { id: true } });
  const make = (seats: number) =>
    arrange((db) =>
      db.stripeCall.create({
        data: { organizationId: world.id, kind: "setSeats", objectId, parameters: { subscription, seats }, eventId: `evt_${unique()}` },
        select: { id: true },
      }),
    );
  const [first, second] = [await make(7), await make(9)];
  await expect(work(second.id)).rejects.toThrow(/earlier call/);
  await work(first.id);
  await work(second.id);
  expect((await sdk().subscriptions.retrieve(subscription)).items.data[0]?.quantity).toBe(9);
});

test("a new customer is one at Stripe, with its subscription; every step survives a lost answer", async () => {
  const world = await makeOrganization();
  await arrange((db) => db.organization.update({ where: { id: world.id }, data: { stripeCustomerId: null }, select: { id: true } }));
  const { id: callId } = await arrange((db) =>
    db.stripeCall.create({
      data: {
        organizationId: world.id,
        kind: "createCustomer",
        objectId: world.id,
        parameters: { name: world.name },
        eventId: `evt_${unique()}`,
      },
      select: { id: true },
    }),
  );
  await loseAndRepeat(callId);
  const next = await reader().stripeCall.findFirstOrThrow({ where: { organizationId: world.id, kind: "createSubscription" } });
  await loseAndRepeat(next.id);
  const customers = (await stripe.objects("customer")).filter(({ name }) => name === world.name);
  expect(customers).toMatchObject([{ email: world.people.owner.email }]);
  const found = await reader().organization.findUniqueOrThrow({
    where: { id: world.id },
    select: { stripeCustomerId: true, subscription: { select: { stripeSubscriptionId: true } } },
  });
  expect(found.stripeCustomerId).toBe(customers[0]?.id);
  const { data } = await sdk().subscriptions.list({ customer: found.stripeCustomerId ?? "" });
  expect(data).toMatchObject([{ id: found.subscription?.stripeSubscriptionId, status: "trialing", items: { data: [{ quantity: 5 }] } }]);
});

test("a one-off invoice is written and collected once, whichever of its steps is interrupted", async () => {
  const world = await makeBilledWorld(stripe);
  const parameters = { customer: world.customer.id, amount: 2_500, currency: "EUR", description: "Migration" };
  const { id: callId } = await arrange((db) =>
    db.stripeCall.create({
      data: { organizationId: world.id, kind: "oneOffInvoice", objectId: world.id, parameters, eventId: `evt_${unique()}` },
      select: { id: true },
    }),
  );
  for (let step = 0; step < 3; step += 1) {
    await stripe.fault({ mode: "lost", next: step + 1, method: "POST" });
    await work(callId).catch(() => undefined);
    await stripe.fault({ mode: "none" });
  }
  await work(callId);
  const invoices = (await stripe.objects("invoice")).filter(({ customer, description }) => customer === world.customer.id && description);
  expect(invoices).toMatchObject([{ status: "paid", amount_paid: 2_500, lines: { data: [{ amount: 2_500 }] } }]);
});

test("a call whose job is gone is taken up again", async () => {
  const world = await makeBilledWorld(stripe);
  const { callId } = await makeRefundCall(world, 1_000);
  await asRole("superuser", async (client) => {
    await client.query(`SET session_replication_role = replica`);
    await client.query(`UPDATE "StripeCall" SET "createdAt" = now() - interval '1 hour' WHERE "id" = $1`, [callId]);
  });
  const jobs = () => queuedJobs("stripe", (payload) => payload.callId === callId);
  // Those of other tests may come first.
  for (let round = 0; round < 50 && (await jobs()).length === 0; round += 1) await adoptStripeCallsTask.run();
  await adoptStripeCallsTask.run();
  expect(await jobs()).toHaveLength(1);
});

/** Loses the answer to what is asked first, and tries again as the queue does. */
async function loseAndRepeat(callId: string): Promise<void> {
  await stripe.fault({ mode: "lost", next: 1, method: "POST" });
  await expect(work(callId)).rejects.toThrow();
  await stripe.fault({ mode: "none" });
  await work(callId);
}

function work(callId: string) {
  const origin = { eventId: "evt_test", requestId: "req_test", organizationId: null, actedBy: null };
  return carryOutStripeCallsTask.handle({ id: callId, data: { payload: { callId }, origin } as never });
}

async function refundsOf(paymentIntent: string) {
  return (await stripe.objects("refund")).filter((refund) => refund.payment_intent === paymentIntent);
}

function findLedger(id: string) {
  return reader().ledgerEntry.findUniqueOrThrow({ where: { id } });
}
