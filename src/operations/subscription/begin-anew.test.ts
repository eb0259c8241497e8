import { afterAll, beforeAll, expect, test } from "vitest";
import { writer } from "#server/db.ts";
import { stripe as sdk } from "#server/stripe/client.ts";
import { carryOutStripeCallsTask } from "#tasks/carry-out-stripe-calls.ts";
import { mirrorOrganization } from "#tasks/mirror-stripe.ts";
import { runOn, subscriptionOf } from "#testing/billing-world.ts";
import { startTestStripe, type TestStripe } from "#testing/stripe.ts";
import { type BilledWorld, makeBilledWorld } from "#testing/stripe-world.ts";

let stripe: TestStripe;
beforeAll(async () => {
  stripe = await startTestStripe();
});
afterAll(() => stripe.stop());

test("a subscription that begins anew has the discount at Stripe that is shown here", async () => {
  const world = await ended();
  await runOn(world, { name: "subscription.reactivate" });
  await workAll(world);
  const { stripeSubscriptionId, discountCode } = await subscriptionOf(world);
  const theirs = await sdk().subscriptions.retrieve(stripeSubscriptionId ?? "", { expand: ["discounts.promotion_code"] });
  expect(discountCode).toBe("WELCOME10");
  expect(theirs).toMatchObject({ status: "active", discounts: [{ promotion_code: { code: "WELCOME10" } }] });
  await mirrorOrganization(world.id);
  expect(await writer().billingDrift.findMany({ where: { organizationId: world.id } })).toEqual([]);
});

test("with a discount that Stripe no longer grants it does not begin at the full price", async () => {
  const world = await ended();
  await runOn(world, { name: "subscription.reactivate" });
  const [promotion] = (await sdk().promotionCodes.list({ code: "WELCOME10" })).data;
  await sdk().promotionCodes.update(promotion?.id ?? "", { active: false });
  await workAll(world);
  await sdk().promotionCodes.update(promotion?.id ?? "", { active: true });
  const call = await writer().stripeCall.findFirstOrThrow({ where: { organizationId: world.id, kind: "reactivate" } });
  expect(call).toMatchObject({ state: "failed", failure: "Stripe knows no valid discount code “WELCOME10”." });
});

async function ended(): Promise<BilledWorld> {
  const world = await makeBilledWorld(stripe);
  await runOn(world, { name: "subscription.applyDiscount", input: { code: "WELCOME10" } });
  await runOn(world, { name: "subscription.cancel", input: { when: "now" } });
  await workAll(world);
  return world;
}

async function workAll({ id }: BilledWorld): Promise<void> {
  const calls = await writer().stripeCall.findMany({ where: { organizationId: id, state: "pending" }, orderBy: { id: "asc" } });
  const origin = { eventId: "evt_test", requestId: "req_test", organizationId: null, actedBy: null };
  for (const { id: callId } of calls) await carryOutStripeCallsTask.handle({ id: callId, data: { payload: { callId }, origin } as never });
}
