import Stripe from "stripe";
import { describe, expect, test } from "vitest";
import { startReceiver } from "#testing/receiver.ts";
import { makeImported } from "#testing/stripe.ts";
import { secretKey, standInForEachTest, webhookSecret } from "#testing/stripe-stand-in.ts";

const { stand, restart } = standInForEachTest();

describe("refunds", () => {
  test("never add up to more than was paid, in parts or at once", async () => {
    const { paymentIntent } = await paid();
    await stand.stripe.refunds.create({ payment_intent: paymentIntent, amount: 4_000 });
    await expect(stand.stripe.refunds.create({ payment_intent: paymentIntent, amount: 501 })).rejects.toThrow(/greater than unrefunded/);
    await expect(stand.stripe.refunds.create({ payment_intent: paymentIntent, amount: 0 })).rejects.toMatchObject({ statusCode: 400 });
    expect(await stand.stripe.refunds.create({ payment_intent: paymentIntent })).toMatchObject({ amount: 500, status: "succeeded" });
    await expect(stand.stripe.refunds.create({ payment_intent: paymentIntent })).rejects.toMatchObject({ code: "charge_already_refunded" });
  });

  test("what the bank sends back can be refunded again", async () => {
    const { paymentIntent } = await paid();
    const { id } = await stand.stripe.refunds.create({ payment_intent: paymentIntent });
    await stand.control("fail-refund", { id });
    expect(await stand.stripe.refunds.retrieve(id)).toMatchObject({ status: "failed", failure_reason: "expired_or_canceled_card" });
    await stand.stripe.refunds.create({ payment_intent: paymentIntent });
  });
});

describe("a refund by hand, in the dashboard", () => {
  const browser = { "content-type": "application/x-www-form-urlencoded", "sec-fetch-site": "same-origin" };
  const post = (form: Record<string, string>, headers: Record<string, string> = browser) =>
    fetch(`${stand.apiBase}/refunds`, { method: "POST", headers, body: new URLSearchParams(form), redirect: "manual" });

  test("carries no mark, is shown with its charge, and brings the browser back to the customer", async () => {
    const { id: customer, paymentIntent } = await paid();
    const { latest_charge } = await stand.stripe.paymentIntents.retrieve(paymentIntent);
    const page = await (await fetch(`${stand.apiBase}/customers/${customer}`)).text();
    expect(page).toContain(`name="charge" value="${latest_charge}"`);
    const answer = await post({ charge: String(latest_charge), amount: "12.50" });
    expect([answer.status, answer.headers.get("location")]).toEqual([303, `/customers/${customer}`]);
    const [charge] = (await stand.stripe.charges.list({ customer, expand: ["data.refunds"] })).data;
    expect(charge?.refunds?.data).toMatchObject([{ amount: 1_250, metadata: {}, charge: latest_charge }]);
    expect((await stand.stripe.charges.list({ customer })).data[0]).not.toHaveProperty("refunds");
  });

  test("is refused above what is left, without an amount, and from other pages", async () => {
    const { paymentIntent } = await paid();
    const charge = String((await stand.stripe.paymentIntents.retrieve(paymentIntent)).latest_charge);
    expect((await post({ charge, amount: "45.01" })).status).toBe(400);
    expect((await post({ charge, amount: "much" })).status).toBe(400);
    expect((await post({ amount: "1.00" })).status).toBe(400);
    expect((await post({ charge: "ch_nothing", amount: "1.00" })).status).toBe(404);
    expect((await post({ charge, amount: "1.00" }, { ...browser, "sec-fetch-site": "same-site" })).status).toBe(403);
    expect(await stand.objects("refund")).toEqual([]);
  });
});

describe("time", () => {
  test("a clock that moves on ends the trial, renews, and turns what is not paid past due, then ends it", async () => {
    const now = Math.floor(Date.now() / 1_000);
    const day = 86_400;
    const clock = await stand.stripe.testHelpers.testClocks.create({ frozen_time: now });
    const customer = await stand.stripe.customers.create({ name: "A", test_clock: clock.id });
    const card = await stand.stripe.paymentMethods.create({
      type: "card",
      card: { number: "4242424242424242", exp_month: 12, exp_year: 2099 },
    });
    await stand.stripe.paymentMethods.attach(card.id, { customer: customer.id });
    await stand.stripe.customers.update(customer.id, { invoice_settings: { default_payment_method: card.id } });
    const [price] = (await stand.stripe.prices.list({ lookup_keys: ["team-eur"] })).data;
    const { id } = await stand.stripe.subscriptions.create({
      customer: customer.id,
      items: [{ price: price?.id ?? "", quantity: 3 }],
      trial_end: now + 14 * day,
    });
    const statusAt = async (days: number) => {
      await stand.stripe.testHelpers.testClocks.advance(clock.id, { frozen_time: now + days * day });
      return (await stand.stripe.subscriptions.retrieve(id)).status;
    };
    expect(await statusAt(13)).toBe("trialing");
    expect(await statusAt(15)).toBe("active");
    await stand.stripe.paymentMethods.update(card.id, { metadata: { decline: "insufficient_funds" } });
    expect(await statusAt(46)).toBe("past_due");
    const { data } = await stand.stripe.invoices.list({ customer: customer.id });
    expect(data.map(({ status, total, attempt_count }) => [status, total, attempt_count])).toEqual([
      ["open", 2_700, 1],
      ["paid", 2_700, 1],
    ]);
    expect(await statusAt(70)).toBe("canceled");
    const types = (await stand.stripe.events.list({ limit: 100 })).data.map(({ type }) => type);
    expect(types).toEqual(expect.arrayContaining(["invoice.paid", "invoice.payment_failed", "customer.subscription.deleted"]));
  });

  test("more seats in the middle of a period are billed with the next invoice, credit pays first, discounts are taken off", async () => {
    const { id, subscription } = await paid();
    const [item] = (await stand.stripe.subscriptions.retrieve(subscription)).items.data;
    await stand.stripe.subscriptions.update(subscription, { items: [{ id: item?.id ?? "", quantity: 10 }] });
    const [code] = (await stand.stripe.promotionCodes.list({ code: "welcome10", active: true })).data;
    await stand.stripe.subscriptions.update(subscription, { discounts: [{ promotion_code: code?.id ?? "" }] });
    await stand.stripe.customers.createBalanceTransaction(id, { amount: -1_000, currency: "eur" });
    await stand.control("advance", { now: (item?.current_period_end ?? 0) + 1 });
    const [invoice] = (await stand.stripe.invoices.list({ customer: id, limit: 1 })).data;
    // Two thirds of the period were left: 5 more seats at 9.00 € for them, then 10 seats, less 10 %, less 10.00 €.
    const prorated = (invoice?.lines.data ?? []).slice(0, -1).reduce((sum, { amount }) => sum + amount, 0);
    expect(Math.abs(prorated - 3_000)).toBeLessThanOrEqual(2);
    const total = Math.round((prorated + 9_000) * 0.9);
    expect(Math.abs((invoice?.total ?? 0) - total)).toBeLessThanOrEqual(1);
    expect(invoice).toMatchObject({
      status: "paid",
      amount_due: (invoice?.total ?? 0) - 1_000,
      starting_balance: -1_000,
      ending_balance: 0,
    });
  });
});

describe("what is not as it should be", () => {
  test("unknown addresses, parameters, objects and keys get Stripe's answers", async () => {
    await expect(stand.stripe.customers.retrieve("cus_none")).rejects.toMatchObject({ code: "resource_missing", statusCode: 404 });
    await expect(stand.stripe.rawRequest("POST", "/v1/teapots")).rejects.toMatchObject({ statusCode: 404 });
    await expect(stand.stripe.customers.list({ limit: 1_000 })).rejects.toMatchObject({ statusCode: 400, param: "limit" });
    await expect(stand.stripe.invoices.create({ customer: "cus_none" })).rejects.toMatchObject({
      code: "resource_missing",
      param: "customer",
    });
    await expect(stand.stripe.customers.createBalanceTransaction("cus_none", {} as never)).rejects.toMatchObject({
      code: "parameter_missing",
    });
    const stranger = new Stripe("sk_test_y", { protocol: "http", host: "localhost", port: stand.port, maxNetworkRetries: 0 });
    await expect(stranger.customers.list()).rejects.toMatchObject({ statusCode: 401 });
  });

  test("no nonsense makes it fall over", async () => {
    const headers = { authorization: `Bearer ${secretKey}`, "content-type": "application/x-www-form-urlencoded" };
    for (const body of [
      "a[b][c=1",
      "[[[",
      "%E0%A4%A",
      "__proto__[x]=1",
      "name[]=1&name[x]=2",
      "a=".repeat(50_000),
      "metadata[__proto__]=1",
    ]) {
      const { status } = await fetch(`${stand.apiBase}/v1/customers`, { method: "POST", headers, body });
      expect([200, 400], body.slice(0, 20)).toContain(status);
    }
    expect((await fetch(`${stand.apiBase}/v1/customers/%E0%A4%A`, { headers })).status).toBeLessThan(500);
    expect((await fetch(`${stand.apiBase}/nowhere`)).status).toBe(404);
    await stand.stripe.customers.list();
  });

  test("pages of other sites cannot reach the controls", async () => {
    const body = JSON.stringify({ mode: "down" });
    const json = { "content-type": "application/json" };
    for (const headers of [
      { ...json, origin: "https://evil.example" },
      { ...json, "sec-fetch-site": "cross-site" },
      { "content-type": "text/plain" },
    ])
      expect((await fetch(`${stand.apiBase}/control/faults`, { method: "POST", headers, body })).status).toBe(403);
  });
});

describe("webhooks", () => {
  test("are signed, sent again until they are taken, also after a restart", async () => {
    let taken = 0;
    const receiver = await startReceiver((response) => {
      taken += 1;
      response.writeHead(taken > 1 ? 200 : 500).end();
    });
    try {
      await restart(receiver.url);
      const { id } = await stand.stripe.customers.create({ name: "A" });
      await expect.poll(() => taken, { timeout: 5_000 }).toBe(2);
      await stand.control("settled", {});
      for (const { headers, body } of receiver.received) {
        const event = Stripe.webhooks.constructEvent(body, headers["stripe-signature"] ?? "", webhookSecret);
        expect(event).toMatchObject({ type: "customer.created", data: { object: { id } } });
      }
      await restart(null);
      await stand.stripe.customers.create({ name: "B" });
      await restart(receiver.url);
      await expect.poll(() => taken, { timeout: 5_000 }).toBe(3);
    } finally {
      await receiver.stop();
    }
  });

  test("may come in any order and more than once, where a test wants that", async () => {
    const receiver = await startReceiver();
    try {
      await restart(receiver.url);
      await stand.control("webhooks", { order: "shuffled", copies: 3 });
      for (let count = 0; count < 8; count += 1) await stand.stripe.customers.create({ name: String(count) });
      await stand.control("settled", {});
      const names = receiver.received.map(({ body }) => JSON.parse(body).data.object.name);
      expect(names).toHaveLength(24);
      expect(names).not.toEqual(names.toSorted());
    } finally {
      await receiver.stop();
    }
  });
});

/** A customer who paid 45.00 € for five seats, ten days into a period of thirty. */
async function paid() {
  const customer = makeImported();
  await stand.import([customer]);
  return { id: customer.id, subscription: customer.subscription?.id ?? "", paymentIntent: customer.invoices?.[0]?.paymentIntent ?? "" };
}
