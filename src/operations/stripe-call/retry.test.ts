import { afterAll, beforeAll, expect, test } from "vitest";
import { reader } from "#server/db.ts";
import { stripe as sdk } from "#server/stripe/client.ts";
import { carryOutStripeCallsTask } from "#tasks/carry-out-stripe-calls.ts";
import { mirrorOrganization } from "#tasks/mirror-stripe.ts";
import { previewOn, runOn } from "#testing/billing-world.ts";
import { findEvents, unique } from "#testing/fixtures.ts";
import { runAs } from "#testing/run-as.ts";
import { startTestStripe, type TestStripe } from "#testing/stripe.ts";
import { type BilledWorld, makeBilledWorld, makeRefundCall } from "#testing/stripe-world.ts";

let stripe: TestStripe;
beforeAll(async () => {
  stripe = await startTestStripe();
});
afterAll(() => stripe.stop());

test("a refund that the bank refused is asked for anew, under a key of its own, and made once", async () => {
  const { world, callId, ledgerId } = await refusedRefund(1_000);
  await sdk().paymentMethods.update(world.customer.card?.id ?? "", { metadata: { refund_failure: "" } });
  const { eventId } = await runOn(world, { name: "stripeCall.retry", targetId: callId });
  const again = await findRetry(callId);
  expect(again).toMatchObject({ state: "pending", eventId, kind: "refund", parameters: { amount: 1_000 } });
  expect(await findLedger(again.objectId)).toMatchObject({ state: "pending", failure: null, amount: 1_000, invoiceId: world.invoiceId });
  await work(again.id);
  const refunds = (await stripe.objects("refund")).filter((refund) => refund.payment_intent === world.paymentIntent);
  expect(refunds.map(({ status }) => status).sort()).toEqual(["failed", "succeeded"]);
  expect(await findLedger(again.objectId)).toMatchObject({ state: "succeeded" });
  expect(await findLedger(ledgerId), "what was refused stays as it was").toMatchObject({ state: "failed", staffMemberId: "stf_test" });
});

test("what was asked for again already, or has not failed, is not asked for again", async () => {
  const { world, callId } = await refusedRefund(1_000);
  await runOn(world, { name: "stripeCall.retry", targetId: callId });
  await expect(runOn(world, { name: "stripeCall.retry", targetId: callId })).rejects.toThrow("It was asked for again already.");
  const again = await findRetry(callId);
  await expect(runOn(world, { name: "stripeCall.retry", targetId: again.id })).rejects.toThrow("Stripe has not refused it.");
});

test("no more is refunded than was paid, also by asking again", async () => {
  const { world, callId } = await refusedRefund(3_000);
  await makeRefundCall(world, 2_000);
  await expect(runOn(world, { name: "stripeCall.retry", targetId: callId })).rejects.toThrow(
    "Only €25.00 of this invoice can still be refunded.",
  );
});

test("a large refund needs a second person the second time as well", async () => {
  const { world, callId } = await refusedRefund(9_000, bigInvoice());
  const { approvalReasons } = await previewOn(world, { name: "stripeCall.retry", targetId: callId });
  expect(approvalReasons).toEqual(["€90.00 is more than the €50.00 that billing may give alone."]);
  const { world: other, callId: small } = await refusedRefund(1_000);
  expect(await previewOn(other, { name: "stripeCall.retry", targetId: small })).toMatchObject({ approvalReasons: [] });
});

test("what is asked of a subscription that has ended at Stripe is refused, and its end is taken over", async () => {
  const world = await makeBilledWorld(stripe);
  await sdk().subscriptions.cancel(world.customer.subscription?.id ?? "");
  await runOn(world, { name: "subscription.setSeats", input: { seats: 7 } });
  const call = await reader().stripeCall.findFirstOrThrow({ where: { organizationId: world.id, kind: "setSeats" } });
  await work(call.id);
  expect(await reader().stripeCall.findUniqueOrThrow({ where: { id: call.id } })).toMatchObject({ state: "failed" });
  await mirrorOrganization(world.id);
  expect(await reader().subscription.findUniqueOrThrow({ where: { organizationId: world.id } })).toMatchObject({ status: "canceled" });
});

test("Stripe's values are taken on purpose, with one event, and the difference is gone", async () => {
  const world = await makeBilledWorld(stripe);
  const id = world.customer.subscription?.id ?? "";
  const item = (await sdk().subscriptions.retrieve(id)).items.data[0];
  await sdk().subscriptions.update(id, { items: [{ id: item?.id ?? "", quantity: 9 }], cancel_at_period_end: true });
  await mirrorOrganization(world.id);
  const { eventId } = await runOn(world, { name: "organization.resyncFromStripe" });
  const subscription = await reader().subscription.findUniqueOrThrow({ where: { organizationId: world.id } });
  expect(subscription).toMatchObject({ seats: 9, cancelAt: subscription.currentPeriodEndsAt });
  expect(await findEvents({ id: eventId })).toMatchObject([{ operation: "organization.resyncFromStripe", outcome: "succeeded" }]);
  await mirrorOrganization(world.id);
  expect(await reader().billingDrift.findMany({ where: { organizationId: world.id } })).toEqual([]);
  await expect(runOn(world, { name: "organization.resyncFromStripe" })).rejects.toThrow(/Nothing differs/);
});

test("what was seen at Stripe earlier does not overwrite what was seen later", async () => {
  const world = await makeBilledWorld(stripe);
  const early = new Date().toISOString();
  await sdk().customers.createBalanceTransaction(world.customer.id, { amount: -700, currency: "eur" });
  await mirrorOrganization(world.id);
  const snapshot = {
    fetchedAt: early,
    customerExists: true,
    creditBalance: 0,
    paymentMethod: null,
    subscription: null,
    invoices: [],
    failedRefunds: [],
    unknownRefunds: [],
  };
  const actor = { type: "system", id: "worker", label: "Test" } as const;
  const late = runAs({ name: "organization.mirrorStripe", actor, targetId: world.id, input: { snapshot } });
  await expect(late).rejects.toThrow("Something newer is known already.");
  const after = await reader().organization.findUniqueOrThrow({
    where: { id: world.id },
    select: { creditBalance: true, paymentMethod: true },
  });
  expect(after).toMatchObject({ creditBalance: 700, paymentMethod: { last4: "4242" } });
});

async function refusedRefund(amount: number, given: Parameters<typeof makeBilledWorld>[1] = {}) {
  const card = { id: `pm_${unique()}`, refundFailure: "expired_or_canceled_card" };
  const world: BilledWorld = await makeBilledWorld(stripe, { card, ...given });
  const { callId, ledgerId } = await makeRefundCall(world, amount);
  await work(callId);
  expect(await findLedger(ledgerId)).toMatchObject({ state: "failed" });
  return { world, callId, ledgerId };
}

/** 120.00 € are paid. */
function bigInvoice() {
  const key = unique();
  const now = Math.floor(Date.now() / 1_000);
  const period = { created: now, periodStart: now, periodEnd: now + 86_400 };
  const invoice = {
    id: `in_${key}`,
    paymentIntent: `pi_${key}`,
    number: `BIG-${key}`,
    status: "paid",
    amount: 12_000,
    description: "Plan",
  } as const;
  return { invoices: [{ ...invoice, ...period }] };
}

function findRetry(retryOf: string) {
  return reader().stripeCall.findUniqueOrThrow({ where: { retryOf } });
}

function findLedger(id: string) {
  return reader().ledgerEntry.findUniqueOrThrow({ where: { id } });
}

function work(callId: string) {
  const origin = { eventId: "evt_test", requestId: "req_test", organizationId: null, actedBy: null };
  return carryOutStripeCallsTask.handle({ id: callId, data: { payload: { callId }, origin } as never });
}
