import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { reader } from "#server/db.ts";
import { findEvents } from "#testing/fixtures.ts";
import { startTestStripe, type TestStripe } from "#testing/stripe.ts";
import { makeBilledWorld, makeRefundCall } from "#testing/stripe-world.ts";
import { carryOutStripeCallsTask } from "./carry-out-stripe-calls.ts";

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
