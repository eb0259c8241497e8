import { afterAll, beforeAll, expect, test } from "vitest";
import { createStaffCaller } from "#router/staff-router.ts";
import { writer } from "#server/db.ts";
import { stripe as sdk } from "#server/stripe/client.ts";
import { carryOutStripeCallsTask } from "#tasks/carry-out-stripe-calls.ts";
import { mirrorOrganization } from "#tasks/mirror-stripe.ts";
import { preparedOn } from "#testing/billing-world.ts";
import { contextOf, makeStaff } from "#testing/fixtures.ts";
import { queuedMails } from "#testing/queued-jobs.ts";
import { runAsPeopleDo } from "#testing/scenarios.ts";
import { startTestStripe, type TestStripe } from "#testing/stripe.ts";
import { type BilledWorld, makeBilledWorld } from "#testing/stripe-world.ts";

let stripe: TestStripe;
beforeAll(async () => {
  stripe = await startTestStripe();
});
afterAll(() => stripe.stop());

test("the customer hears of a refund and of a credit once Stripe has given it, not before", async () => {
  const world = await makeBilledWorld(stripe);
  await ask(world, "invoice.refund", { amount: "10.00" }, world.invoiceId);
  await ask(world, "organization.credit", { amount: "5.00", description: "For the trouble" });
  expect(await queuedMails(world.id)).toEqual([]);
  await workAll(world);
  const to = { email: world.people.owner.email, name: world.people.owner.name };
  expect(await queuedMails(world.id)).toMatchObject([
    { mail: "refundIssued", to, data: { amount: 1_000, invoiceId: world.invoiceId } },
    { mail: "creditGiven", to, data: { amount: 500, description: "For the trouble" } },
  ]);
});

test("whoever asked for what Stripe refuses is told, with its reason, and the customer is not", async () => {
  const world = await makeBilledWorld(stripe);
  await sdk().refunds.create({ payment_intent: world.paymentIntent });
  const staff = await ask(world, "invoice.refund", { amount: "10.00" }, world.invoiceId);
  await workAll(world);
  expect(await queuedMails(world.id)).toMatchObject([
    {
      mail: "stripeRefused",
      to: { name: staff.label },
      data: { money: "€10.00", failure: expect.stringContaining("refunded"), wasDone: false },
    },
  ]);
});

test("whoever gave what the bank sends back later is told as well", async () => {
  const world = await makeBilledWorld(stripe);
  const staff = await ask(world, "invoice.refund", { amount: "10.00" }, world.invoiceId);
  await workAll(world);
  const { stripeId } = await writer().ledgerEntry.findFirstOrThrow({ where: { organizationId: world.id } });
  await stripe.control("fail-refund", { id: stripeId });
  await mirrorOrganization(world.id);
  const told = (await queuedMails(world.id)).filter(({ mail }) => mail === "stripeRefused");
  expect(told).toMatchObject([{ to: { name: staff.label }, data: { wasDone: true } }]);
});

test("what was refused is on the home of those who may ask again, until somebody has", async () => {
  const world = await makeBilledWorld(stripe);
  await ask(world, "subscription.setSeats", { seats: 7 });
  await sdk().subscriptions.cancel(world.customer.subscription?.id ?? "");
  await workAll(world);
  expect(await refusedFor("billing", world)).toMatchObject([{ what: "change of seats", organizationName: world.name }]);
  expect(await refusedFor("support", world)).toEqual([]);
  await ask(world, "subscription.setSeats", { seats: 8 });
  expect(await refusedFor("billing", world)).toEqual([]);
});

async function ask(world: BilledWorld, name: string, input: Record<string, unknown>, targetId = world.id) {
  const prepared = await preparedOn(world, { name, targetId, input });
  await runAsPeopleDo(prepared);
  return prepared.actor;
}

async function refusedFor(role: "billing" | "support", world: BilledWorld) {
  const staff = createStaffCaller(contextOf(await makeStaff(role)));
  return (await staff.home.get()).refused.latest.filter(({ organizationId }) => organizationId === world.id);
}

async function workAll({ id }: BilledWorld): Promise<void> {
  const calls = await writer().stripeCall.findMany({ where: { organizationId: id, state: "pending" }, orderBy: { id: "asc" } });
  const origin = { eventId: "evt_test", requestId: "req_test", organizationId: null, actedBy: null };
  for (const { id: callId } of calls) await carryOutStripeCallsTask.handle({ id: callId, data: { payload: { callId }, origin } as never });
}
