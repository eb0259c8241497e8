import { afterAll, beforeAll, expect, test } from "vitest";
import { reader } from "#server/db.ts";
import { carryOutStripeCallsTask } from "#tasks/carry-out-stripe-calls.ts";
import { mirrorOrganization } from "#tasks/mirror-stripe.ts";
import { findEvents } from "#testing/fixtures.ts";
import { startTestStripe, type TestStripe } from "#testing/stripe.ts";
import { makeRefundCall } from "#testing/stripe-world.ts";
import { seed } from "./seed.ts";
import { importIntoStandIn } from "./seed-stripe.ts";

let stripe: TestStripe;
beforeAll(async () => {
  stripe = await startTestStripe();
});
afterAll(() => stripe.stop());

test("the demo world is alike here and at the stand-in, and a second import adds nothing", async () => {
  expect(await seed()).toEqual({ seeded: true });
  const customers = await reader().organization.findMany({ where: { stripeCustomerId: { not: null } }, select: { id: true } });
  expect(await importIntoStandIn(stripe.apiBase)).toBe(customers.length);
  expect(await stripe.control("advance", { now: Math.floor(Date.now() / 1_000) }), "nothing of it is due at once").toEqual({ steps: 0 });
  for (const { id } of customers) await mirrorOrganization(id);
  expect(await findEvents({ operation: "organization.mirrorStripe" })).toEqual([]);
  expect(await reader().billingDrift.findMany()).toEqual([]);
  expect(await importIntoStandIn(stripe.apiBase)).toBe(0);
}, 60_000);

test("a stand-in that forgot everything is told of it again, with what was given back meanwhile", async () => {
  const invoice = await reader().invoice.findFirstOrThrow({
    where: { status: "paid", organization: { slug: "okonkwo-logistics" } },
    select: { id: true, organizationId: true, stripePaymentIntentId: true },
  });
  const { id, organizationId, stripePaymentIntentId } = invoice;
  const { callId } = await makeRefundCall({ id: organizationId, invoiceId: id, paymentIntent: stripePaymentIntentId ?? "" }, 1_500);
  const origin = { eventId: "evt_test", requestId: "req_test", organizationId, actedBy: null };
  await carryOutStripeCallsTask.handle({ id: callId, data: { payload: { callId }, origin } as never });
  await stripe.control("clear", {});
  expect(await importIntoStandIn(stripe.apiBase)).toBeGreaterThan(5);
  await mirrorOrganization(organizationId);
  expect(await stripe.objects("refund")).toMatchObject([{ amount: 1_500, payment_intent: stripePaymentIntentId }]);
  expect(await findEvents({ operation: "organization.mirrorStripe" })).toEqual([]);
  expect(await reader().billingDrift.findMany()).toEqual([]);
});
