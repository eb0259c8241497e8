import { describe, expect, test } from "vitest";
import { createStaffCaller } from "#router/staff-router.ts";
import { previewOn, runOn } from "#testing/billing-world.ts";
import { asRole } from "#testing/database.ts";
import { arrange, contextOf, findEvents, makeOrganization, makeStaff, unique } from "#testing/fixtures.ts";
import { makeInvoice } from "#testing/make-invoice.ts";
import { unseen } from "#testing/many-rows.ts";
import { makePaidInvoice, subscribe } from "#testing/scenarios/billing.ts";

async function as(role: "viewer" | "billing" = "viewer") {
  const actor = await makeStaff(role);
  return { actor, caller: createStaffCaller(contextOf(actor)) };
}

describe("the list of invoices", () => {
  test("is filtered by customer, status and the beginning of a number, and goes on page by page", async () => {
    const [world, other] = [await makeOrganization(), await makeOrganization()];
    for (let count = 0; count < 52; count += 1) await makeInvoice(world, { status: count < 2 ? "open" : "paid" });
    await makeInvoice(other);
    const { caller } = await as();
    const organization = world.id;
    const first = await caller.invoices.list({ organization });
    expect([first.rows.length, first.count]).toEqual([50, 52]);
    const second = await caller.invoices.list({ organization, after: first.next ?? "" });
    const seen = [...first.rows, ...second.rows].map(({ id }) => id);
    expect([seen.length, new Set(seen).size, second.next]).toEqual([52, 52, null]);
    expect(seen).toEqual(seen.toSorted().reverse());
    expect((await caller.invoices.list({ organization, status: "open" })).count).toBe(2);
    const numbers = (await caller.invoices.list({ organization, sort: "number" })).rows.map(({ number }) => number);
    expect(numbers).toEqual(numbers.toSorted());
  });

  test("finds the beginning of a number, whatever its case, and a pattern's own characters as they are", async () => {
    const world = await makeOrganization();
    const id = await makeInvoice(world);
    const number = `QX_${unique()}`.toUpperCase();
    await arrange((db) => db.invoice.update({ where: { id }, data: { number }, select: { id: true } }));
    const { actor, caller } = await as();
    expect((await caller.invoices.list({ q: number.slice(0, -2).toLowerCase() })).rows.map((row) => row.id)).toEqual([id]);
    expect((await caller.invoices.list({ q: number.replace("_", "%") })).rows).toEqual([]);
    expect((await caller.invoices.list({ q: number.slice(1) })).rows).toEqual([]);
    await arrange((db) => db.invoice.update({ where: { id }, data: { number: number.toLowerCase() }, select: { id: true } }));
    expect((await caller.invoices.list({ q: number.toLowerCase() })).rows.map((row) => row.id)).toEqual([id]);
    expect((await findEvents({ actorId: actor.id })).map(({ operation }) => operation)).toEqual(Array(4).fill("search.run"));
  });
});

test("an order that no index gives with these filters is for ten thousand invoices at most; more are refused in words", async () => {
  const world = await makeOrganization();
  const word = unique().toUpperCase();
  const numbered = (sql: string) => unseen("Invoice", sql);
  await numbered(`INSERT INTO "Invoice" ("organizationId", "number", "status", "currency", "amountDue", "lines", "periodStart", "periodEnd", "issuedAt")
    SELECT '${world.id}', '${word}-' || lpad(n::text, 5, '0'), 'uncollectible', 'EUR', 1, '[]', now(), now(), now() FROM generate_series(1, 10001) AS n`);
  const { caller } = await as();
  const list = async (filters: Parameters<typeof caller.invoices.list>[0]) => {
    const { rows, count } = await caller.invoices.list(filters);
    return [rows[0]?.number, rows.at(-1)?.number, rows.length, count];
  };
  const refused = { code: "BAD_REQUEST", message: expect.stringContaining("More than 10,000 invoices are like this") };
  const [q, status] = [word, "uncollectible"] as const;
  const asked = [{ q }, { q, sort: "oldest" }, { q, status }, { q, status, sort: "number" }, { status, sort: "number" }] as const;
  for (const filters of asked) await expect(list(filters), JSON.stringify(filters)).rejects.toMatchObject(refused);
  const number = (n: number) => `${word}-${String(n).padStart(5, "0")}`;
  const first = [number(1), number(50), 50, 10_001];
  expect(await list({ q, sort: "number" })).toEqual(first);
  expect(await list({ organization: world.id, q, status, sort: "number" })).toEqual(first);
  expect((await list({ status })).slice(2)).toEqual([50, 10_001]);

  await numbered(`DELETE FROM "Invoice" WHERE "number" = '${number(10_001)}'`);
  const ids = (
    await asRole("reader", (client) => client.query(`SELECT "number" FROM "Invoice" WHERE "number" LIKE '${word}%' ORDER BY "id"`))
  ).rows;
  expect(await list({ q, sort: "oldest" })).toEqual([ids[0].number, ids[49].number, 50, 10_000]);
  expect(await list({ q })).toEqual([ids[9_999].number, ids[9_950].number, 50, 10_000]);
  for (const filters of [
    { q, status, sort: "number" },
    { status, sort: "number" },
  ] as const)
    expect(await list(filters)).toEqual([number(1), number(50), 50, 10_000]);
  await numbered(`DELETE FROM "Invoice" WHERE "number" LIKE '${word}%'`);
});

test("whoever opens an invoice, or takes its document, leaves an event; that it was opened is no part of what happened to it", async () => {
  const world = await makeOrganization();
  const id = await makePaidInvoice(world);
  const { eventId } = await runOn(world, { name: "invoice.refund", targetId: id, input: { amount: "5.00" } });
  const { actor, caller } = await as();
  await caller.invoices.get({ id });
  const { content } = await caller.invoices.pdf({ id });
  expect(content.subarray(0, 5).toString()).toBe("%PDF-");
  expect(await findEvents({ actorId: actor.id })).toMatchObject([
    { operation: "invoice.open", outcome: "succeeded", targetId: id, organizationId: world.id },
    { operation: "invoice.download", outcome: "succeeded", targetId: id, organizationId: world.id },
  ]);
  const { timeline, left, refunds } = await caller.invoices.get({ id });
  expect(timeline.map((event) => event.id)).toEqual([eventId]);
  expect([left, refunds.map(({ amount }) => amount)]).toEqual([4_000, [500]]);
  await expect(caller.invoices.get({ id: "inv_000000000000000000000000" })).rejects.toMatchObject({ code: "NOT_FOUND" });
});

test("whoever opens a customer's billing records, on their page or as the list of its invoices, leaves an event; how it stands is seen without one", async () => {
  const [world, empty] = [await makeOrganization(), await makeOrganization()];
  await makeInvoice(world);
  const { actor, caller } = await as();
  await caller.billing.ofOrganization({ id: world.id });
  await caller.invoices.list({ organization: world.id });
  await caller.invoices.list({ organization: empty.id });
  await caller.invoices.list({});
  const expected = {
    operation: "billing.open",
    outcome: "succeeded",
    targetType: "Organization",
    targetId: world.id,
    organizationId: world.id,
  };
  const opened = [expected, expected];
  expect(await findEvents({ actorId: actor.id })).toMatchObject(opened);
  const { timeline, billing } = await caller.organizations.get({ id: world.id });
  expect(timeline.map(({ operation }) => operation)).toContain("billing.open");
  const { state } = await caller.billing.ofOrganization({ id: world.id });
  expect(billing).toMatchObject({ ...state, subscription: expect.anything() });
  opened.push(expected);
  await expect(caller.billing.ofOrganization({ id: "org_000000000000000000000000" })).rejects.toMatchObject({ code: "NOT_FOUND" });
  expect(await findEvents({ actorId: actor.id })).toMatchObject(opened);
});

test("ids of ours and of Stripe's lead to the page where they are seen", async () => {
  const world = await makeOrganization();
  await subscribe(world);
  const invoiceId = await makePaidInvoice(world);
  await runOn(world, { name: "invoice.refund", targetId: invoiceId, input: { amount: "5.00" } });
  const [ids] = await asRole("superuser", async (client) => {
    await client.query(`UPDATE "LedgerEntry" SET "stripeId" = 're_' || substr("id", 5) WHERE "invoiceId" = $1`, [invoiceId]);
    const { rows } = await client.query(
      `SELECT i."stripeInvoiceId", i."stripePaymentIntentId", l."id" AS "ledgerId", l."stripeId" AS "refundId", c."id" AS "callId",
        s."stripeSubscriptionId", o."stripeCustomerId"
       FROM "Invoice" i JOIN "LedgerEntry" l ON l."invoiceId" = i."id" JOIN "StripeCall" c ON c."objectId" = l."id"
       JOIN "Organization" o ON o."id" = i."organizationId" JOIN "Subscription" s ON s."organizationId" = o."id" WHERE i."id" = $1`,
      [invoiceId],
    );
    return rows as Record<string, string>[];
  });
  const { caller } = await as();
  const goTo = async (query: string | undefined) => (await caller.search.find({ query: query ?? "" })).goTo;
  for (const id of [invoiceId, ids?.stripeInvoiceId, ids?.stripePaymentIntentId, ids?.ledgerId, ids?.refundId])
    expect(await goTo(id), id).toBe(`/admin/invoices/${invoiceId}`);
  for (const id of [ids?.callId, ids?.stripeSubscriptionId, ids?.stripeCustomerId])
    expect(await goTo(id), id).toBe(`/admin/organizations/${world.id}`);
  for (const id of ["in_nothing", "pi_nothing", "re_nothing", "sub_nothing"]) expect(await goTo(id)).toBeNull();
});

test("the customer's page says what waits for Stripe, what it refused, what could not be collected, and what differs", async () => {
  const world = await makeOrganization();
  const open = await makeInvoice(world);
  const nextAttemptAt = new Date("2099-01-01");
  await arrange((db) => db.invoice.update({ where: { id: open }, data: { attempts: 2, nextAttemptAt }, select: { id: true } }));
  await arrange((db) =>
    db.billingDrift.create({
      data: { organizationId: world.id, objectType: "Subscription", objectId: "x", field: "seats", ours: 5, theirs: 7 },
    }),
  );
  const paid = await makePaidInvoice(world);
  await runOn(world, { name: "invoice.refund", targetId: paid, input: { amount: "5.00" } });
  const { caller } = await as();
  const state = {
    dunning: [{ id: open, attempts: 2, nextAttemptAt }],
    openCalls: 1,
    differences: 1,
    next: { amount: 4_500 },
  };
  expect((await caller.organizations.get({ id: world.id })).billing).toMatchObject(state);
  expect(await caller.billing.ofOrganization({ id: world.id })).toMatchObject({
    state,
    drift: [{ field: "seats", ours: 5, theirs: 7 }],
    calls: [{ title: "refund", state: { words: "waits for Stripe" } }],
    ledgerEntries: [{ kind: "refund", amount: 500, stateInWords: { words: "waits for Stripe" } }],
  });
  const failed = (table: string) =>
    asRole("superuser", (client) =>
      client.query(
        `UPDATE "${table}" SET "state" = 'failed', "failure" = 'Stripe said no.', "settledAt" = now() WHERE "organizationId" = $1`,
        [world.id],
      ),
    );
  await failed("StripeCall");
  await failed("LedgerEntry");
  expect(await caller.billing.ofOrganization({ id: world.id })).toMatchObject({
    calls: [{ state: { words: "refused by Stripe" }, failure: "Stripe said no." }],
    ledgerEntries: [{ failure: "Stripe said no.", stateInWords: { words: "refused by Stripe" } }],
  });
  expect((await previewOn(world, { name: "invoice.refund", targetId: paid })).consequences[0]).toContain("all that was paid");
});
