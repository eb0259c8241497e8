import { describe, expect, test } from "vitest";
import { reader, writer } from "#server/db.ts";
import { findUsage } from "#server/usage.ts";
import { callsOf, inTenDays, makePayingCustomer, previewOn, runOn, subscriptionOf } from "#testing/billing-world.ts";
import { asRole } from "#testing/database.ts";
import { arrange, makeOrganization, unique } from "#testing/fixtures.ts";
import { makeInvoice } from "#testing/make-invoice.ts";
import { subscribe } from "#testing/scenarios/billing.ts";
import { makeInvitation } from "#testing/scenarios/people.ts";
import { endSubscriptionsTask } from "../../tasks/end-subscriptions.ts";

describe("what is billed", () => {
  test("follows the seats and the trial at Stripe", async () => {
    const world = await makeOrganization();
    await subscribe(world);
    const { stripeSubscriptionId: subscription } = await subscriptionOf(world);
    await runOn(world, { name: "subscription.setSeats", input: { seats: 7 } });
    await runOn(world, { name: "subscription.extendTrial", input: { days: 7 } });
    expect(await callsOf(world)).toEqual([
      { kind: "setSeats", parameters: { subscription, seats: 7 } },
      { kind: "extendTrial", parameters: { subscription, trialEndsAt: (await subscriptionOf(world)).trialEndsAt?.toISOString() } },
    ]);
  });

  test("is as many seats as are used, where more are used than paid for", async () => {
    const world = await makePayingCustomer({ seats: 2 });
    await makeInvitation(world, { email: `${unique()}@invited.example` });
    const { consequences } = await previewOn(world, { name: "subscription.licenseUsedSeats" });
    expect(consequences[0]).toBe("3 members and 1 open invitation take 4 seats; 2 are paid for.");
    await runOn(world, { name: "subscription.licenseUsedSeats" });
    expect(await callsOf(world)).toEqual([{ kind: "setSeats", parameters: { subscription: world.stripe, seats: 4 } }]);
    await expect(runOn(world, { name: "subscription.licenseUsedSeats" })).rejects.toThrow("no more seats than it pays for");
  });

  test("is nothing after it was deactivated, or is to be deleted, and the deletion waits for Stripe", async () => {
    const closed = await makePayingCustomer();
    await runOn(closed, { name: "organization.deactivate", role: "operations" });
    const deleted = await makePayingCustomer();
    const input = { days: 14, endSubscription: true };
    await runOn(deleted, { name: "organization.scheduleDeletion", input, role: "operations" });
    for (const world of [closed, deleted]) {
      expect(await subscriptionOf(world)).toMatchObject({ status: "active", cancelAt: inTenDays });
      expect(await callsOf(world)).toEqual([{ kind: "cancel", parameters: { subscription: world.stripe, when: "periodEnd" } }]);
    }
    await expect(runOn(deleted, { name: "subscription.reactivate" })).rejects.toThrow("Call that off first");
  });

  test("once, or credited, is so in the subscription's currency, for a customer whom Stripe knows", async () => {
    const world = await makePayingCustomer();
    await arrange((db) => db.subscription.update({ where: { organizationId: world.id }, data: { currency: "JPY" }, select: { id: true } }));
    await runOn(world, { name: "organization.invoiceOneOff", input: { amount: "1200", description: "A training" } });
    await runOn(world, { name: "organization.credit", input: { amount: "30 JPY", description: "For the trouble" } });
    const { stripeCustomerId: customer } = await writer().organization.findUniqueOrThrow({ where: { id: world.id } });
    expect((await callsOf(world)).map(({ parameters }) => parameters)).toEqual([
      { customer, amount: 1_200, currency: "JPY", description: "A training" },
      { customer, amount: 30, currency: "JPY", description: "For the trouble" },
    ]);
    for (const name of ["organization.invoiceOneOff", "organization.credit"]) {
      await expect(runOn(world, { name, input: { amount: "1.50", description: "x" } })).rejects.toMatchObject({
        details: { fields: { "input.amount": "JPY has no digits after the point." } },
      });
    }
    await arrange((db) => db.organization.update({ where: { id: world.id }, data: { stripeCustomerId: null }, select: { id: true } }));
    const input = { amount: "10", description: "x" };
    await expect(runOn(world, { name: "organization.credit", input })).rejects.toThrow("not a customer at Stripe yet");
  });

  test("is tried again once at a time, for an open invoice that Stripe knows", async () => {
    const world = await makePayingCustomer();
    const targetId = await makeInvoice(world);
    const retry = { name: "invoice.retryPayment", targetId };
    await expect(runOn(world, retry)).rejects.toThrow("Stripe does not know this invoice");
    const stripeInvoiceId = `in_${unique()}`;
    await arrange((db) => db.invoice.update({ where: { id: targetId }, data: { stripeInvoiceId }, select: { id: true } }));
    await runOn(world, retry);
    await expect(runOn(world, retry)).rejects.toThrow("being tried already");
    expect(await callsOf(world)).toEqual([{ kind: "payInvoice", parameters: { invoice: stripeInvoiceId } }]);
    const paid = await makeInvoice(world, { status: "paid" });
    await expect(runOn(world, { ...retry, targetId: paid })).rejects.toThrow("An invoice that is paid is not collected.");
  });
});

test("a new customer is one at Stripe, without a payment method", async () => {
  const slug = `new-${unique()}`;
  const input = { name: "New", slug, plan: "team", ownerEmail: `${slug}@new.example`, ownerName: "New Owner" };
  const world = await makeOrganization();
  await runOn(world, { name: "organization.create", targetId: "system", input, role: "operations" });
  const { id } = await writer().organization.findUniqueOrThrow({ where: { slug } });
  const call = await writer().stripeCall.findFirst({ where: { objectId: id } });
  expect(call).toMatchObject({
    kind: "createCustomer",
    organizationId: id,
    parameters: { name: "New" },
  });
  const changes = await writer().auditChange.findMany({ where: { eventId: call?.eventId ?? "" } });
  expect(JSON.stringify(changes), "the audit has no address").not.toContain(input.ownerEmail);
});

test("a cancelled subscription that Stripe does not know ends on its day, and no other does", async () => {
  const [due, later, atStripe] = [
    await makeOrganization(),
    await makeOrganization(),
    await makePayingCustomer({ cancelAt: new Date("2020-01-01") }),
  ];
  const cancelAt = (id: string, when: Date) =>
    arrange((db) => db.subscription.update({ where: { organizationId: id }, data: { cancelAt: when }, select: { id: true } }));
  await cancelAt(due.id, new Date("2020-01-01"));
  await cancelAt(later.id, inTenDays);
  await endSubscriptionsTask.run();
  const statuses = await Promise.all([due, later, atStripe].map(async (world) => (await subscriptionOf(world)).status));
  expect(statuses).toEqual(["canceled", "trialing", "active"]);
});

test("a usage counter begins at 0 again, and only the one that was chosen", async () => {
  const world = await makeOrganization();
  await asRole("superuser", async (client) => {
    await client.query(`INSERT INTO "ApiUsage" ("id", "requests") VALUES ($1, 60)`, [world.id]);
    await client.query(`UPDATE "Monitor" SET "pingMinute" = date_trunc('minute', now()), "pingsInMinute" = 10 WHERE "id" = $1`, [
      world.monitor.id,
    ]);
  });
  await runOn(world, { name: "organization.resetUsage", input: { counter: "apiRequests" }, role: "support" });
  expect(await writer().apiUsage.findUnique({ where: { id: world.id } })).toMatchObject({ requests: 0 });
  expect(await writer().monitor.findUnique({ where: { id: world.monitor.id } })).toMatchObject({ pingsInMinute: 10 });
  await runOn(world, { name: "organization.resetUsage", input: { counter: "pings" }, role: "support" });
  expect(await writer().monitor.findUnique({ where: { id: world.monitor.id } })).toMatchObject({ pingsInMinute: 0 });
  expect((await findUsage(reader(), world.id)).usage).toContainEqual({ label: "Pings this minute", used: 0, of: 10 });
});
