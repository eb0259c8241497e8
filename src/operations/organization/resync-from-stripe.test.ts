import { afterAll, beforeAll, expect, test } from "vitest";
import { writer } from "#server/db.ts";
import { stripe as sdk } from "#server/stripe/client.ts";
import { carryOutStripeCallsTask } from "#tasks/carry-out-stripe-calls.ts";
import { mirrorOrganization } from "#tasks/mirror-stripe.ts";
import { runOn, subscriptionOf } from "#testing/billing-world.ts";
import { arrange } from "#testing/fixtures.ts";
import { startTestStripe, type TestStripe } from "#testing/stripe.ts";
import { type BilledWorld, makeBilledWorld } from "#testing/stripe-world.ts";

const resync = { name: "organization.resyncFromStripe" };

let stripe: TestStripe;
beforeAll(async () => {
  stripe = await startTestStripe();
});
afterAll(() => stripe.stop());

test("what was decided here after the difference was seen is not overwritten", async () => {
  const world = await nineSeatsThere();
  await runOn(world, { name: "subscription.setSeats", input: { seats: 7 } });
  await workAll(world);
  await expect(runOn(world, resync)).rejects.toThrow("Something was decided here since Stripe was last looked at.");
  expect(await subscriptionOf(world)).toMatchObject({ seats: 7 });
  await mirrorOrganization(world.id);
  await expect(runOn(world, resync)).rejects.toThrow("Nothing differs");
});

test("nor is a decision that Stripe was not asked about", async () => {
  const world = await nineSeatsThere();
  await arrange((db) => db.subscription.update({ where: { organizationId: world.id }, data: { seats: 6 }, select: { id: true } }));
  await expect(runOn(world, resync)).rejects.toThrow("Something was decided here since Stripe was last looked at.");
});

test("nor is anything taken after Stripe did what was asked of it, and before it was looked at again", async () => {
  const world = await nineSeatsThere();
  await runOn(world, { name: "subscription.cancel", input: { when: "periodEnd" } });
  await expect(runOn(world, resync)).rejects.toThrow("Stripe has not done yet");
  await workAll(world);
  await expect(runOn(world, resync)).rejects.toThrow("Something was decided here since Stripe was last looked at.");
  await mirrorOrganization(world.id);
  await runOn(world, resync);
  expect(await subscriptionOf(world)).toMatchObject({ seats: 9 });
});

test.each(["0.4", "33.5"])("a discount of %s percent at Stripe is not taken, and why is a sentence", async (percent_off) => {
  const world = await makeBilledWorld(stripe);
  const coupon = await sdk().coupons.create({ percent_off: Number(percent_off), duration: "forever", name: "ODD" });
  await sdk().subscriptions.update(world.customer.subscription?.id ?? "", { discounts: [{ coupon: coupon.id }] });
  await mirrorOrganization(world.id);
  await expect(runOn(world, resync)).rejects.toMatchObject({
    code: "CONFLICT",
    userMessage: `At Stripe the discount takes ${percent_off} % off. Here only whole percents from 1 to 100 can be taken off: change it at Stripe.`,
  });
  expect(await subscriptionOf(world)).toMatchObject({ discountCode: null, discountPercent: null });
});

/** Here it has five. */
async function nineSeatsThere(): Promise<BilledWorld> {
  const world = await makeBilledWorld(stripe);
  const id = world.customer.subscription?.id ?? "";
  const item = (await sdk().subscriptions.retrieve(id)).items.data[0];
  await sdk().subscriptions.update(id, { items: [{ id: item?.id ?? "", quantity: 9 }], proration_behavior: "none" });
  await mirrorOrganization(world.id);
  return world;
}

async function workAll({ id }: BilledWorld): Promise<void> {
  const calls = await writer().stripeCall.findMany({ where: { organizationId: id, state: "pending" }, orderBy: { id: "asc" } });
  const origin = { eventId: "evt_test", requestId: "req_test", organizationId: null, actedBy: null };
  for (const { id: callId } of calls) await carryOutStripeCallsTask.handle({ id: callId, data: { payload: { callId }, origin } as never });
}
