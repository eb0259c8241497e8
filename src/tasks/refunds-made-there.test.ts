import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { procedureContext } from "#router/procedure-context.ts";
import { getOperation } from "#router/registry.ts";
import { createStaffCaller } from "#router/staff-router.ts";
import { reader } from "#server/db.ts";
import type { AppError } from "#server/errors.ts";
import { runOperation } from "#server/run-operation.ts";
import { callMark } from "#server/stripe/call.ts";
import { stripe as sdk } from "#server/stripe/client.ts";
import { systemContext } from "#server/system-context.ts";
import { runOn } from "#testing/billing-world.ts";
import { asRole } from "#testing/database.ts";
import { arrange, contextOf, findEvents, makeStaff, unique } from "#testing/fixtures.ts";
import { queuedJobs } from "#testing/queued-jobs.ts";
import { startTestStripe, type TestStripe } from "#testing/stripe.ts";
import { type BilledWorld, makeBilledWorld, makeRefundCall } from "#testing/stripe-world.ts";
import { carryOutStripeCallsTask } from "./carry-out-stripe-calls.ts";
import { mirrorOrganization } from "./mirror-stripe.ts";

let stripe: TestStripe;
beforeAll(async () => {
  stripe = await startTestStripe();
});
afterAll(() => stripe.stop());

test("a refund that somebody makes at Stripe is in the ledger after a look, once, with an event of the invoice, and the owners are told", async () => {
  const world = await makeBilledWorld(stripe);
  const made = await refundThere(world, 500);
  await mirrorOrganization(world.id);
  await mirrorOrganization(world.id);
  expect(await ledgerOf(world)).toMatchObject([
    {
      kind: "refund",
      state: "succeeded",
      amount: 500,
      stripeId: made.id,
      stripeChargeId: made.charge,
      staffMemberId: null,
      staffLabel: "Stripe's dashboard",
      settledAt: new Date(made.created * 1_000),
    },
  ]);
  expect(await takenOver(world)).toMatchObject([{ actorType: "system", outcome: "succeeded", targetId: world.invoiceId }]);
  expect(await driftOf(world)).toEqual([]);
  expect(await letters(world)).toHaveLength(1);
  const [entry] = await ledgerOf(world);
  expect(entry?.createdAt.getTime()).toBeGreaterThan(made.created * 1_000);
  const { left, refunds, timeline } = await createStaffCaller(contextOf(await makeStaff("viewer"))).invoices.get({ id: world.invoiceId });
  expect([left, refunds.map(({ amount, givenAt }) => [amount, givenAt]), timeline.map(({ operation }) => operation)]).toEqual([
    4_000,
    [[500, new Date(made.created * 1_000)]],
    ["invoice.takeOverRefund"],
  ]);
  await expect(refundHere(world, "40.01")).rejects.toThrow("Only €40.00 of this invoice can still be refunded.");
  await refundHere(world, "40.00");
});

test("one that was asked for here is never taken over, also while its answer is lost", async () => {
  const world = await makeBilledWorld(stripe);
  const { callId, ledgerId } = await makeRefundCall(world, 700);
  const made = await refundThere(world, 700, { metadata: { [callMark]: callId } });
  await mirrorOrganization(world.id);
  expect(await takenOver(world)).toEqual([]);
  expect(await ledgerOf(world)).toMatchObject([{ id: ledgerId, state: "pending", stripeId: null }]);
  await arrange((db) =>
    db.stripeCall.update({ where: { id: callId }, data: { state: "failed", failure: "x", settledAt: new Date() }, select: { id: true } }),
  );
  await mirrorOrganization(world.id);
  expect(await takenOver(world), made.id).toEqual([]);
});

test("a mark of a call that is not here, as after an older copy of the database was brought back, is nobody's of us", async () => {
  const world = await makeBilledWorld(stripe);
  await refundThere(world, 300, { metadata: { [callMark]: `stc_${unique()}` } });
  await mirrorOrganization(world.id);
  expect(await ledgerOf(world)).toMatchObject([{ amount: 300, staffMemberId: null }]);
});

test("what does not fit while a refund of ours waits is taken over when that is settled", async () => {
  const world = await makeBilledWorld(stripe);
  const { callId, ledgerId } = await makeRefundCall(world, 4_500);
  await refundThere(world, 2_000);
  await mirrorOrganization(world.id);
  expect(await ledgerOf(world)).toMatchObject([{ id: ledgerId, state: "pending" }]);
  await workCall(callId);
  expect(await ledgerOf(world)).toMatchObject([{ id: ledgerId, state: "failed", failure: expect.stringContaining("greater than") }]);
  await mirrorOrganization(world.id);
  expect(await ledgerOf(world)).toMatchObject([{ state: "failed" }, { amount: 2_000, state: "succeeded" }]);
  expect(await driftOf(world)).toEqual([]);
});

test("a refund of ours that comes between the look and the taking over is no failure of the look", async () => {
  const world = await makeBilledWorld(stripe);
  await refundThere(world, 2_000);
  const look = await asRole("superuser", async (client) => {
    await client.query("BEGIN");
    await client.query(`SELECT 1 FROM "Invoice" WHERE "id" = $1 FOR UPDATE`, [world.invoiceId]);
    const looking = mirrorOrganization(world.id);
    const waiting = `SELECT 1 FROM pg_stat_activity WHERE "wait_event_type" = 'Lock' AND $1 = ANY (pg_blocking_pids("pid"))`;
    const [own] = (await client.query<{ pid: number }>(`SELECT pg_backend_pid() AS "pid"`)).rows;
    await expect.poll(async () => (await client.query(waiting, [own?.pid])).rowCount, { timeout: 5_000 }).toBe(1);
    await client.query(
      `INSERT INTO "LedgerEntry" ("organizationId", "invoiceId", "kind", "amount", "currency", "staffMemberId", "staffLabel")
       VALUES ($1, $2, 'refund', 4500, 'EUR', 'stf_test', 'Test')`,
      [world.id, world.invoiceId],
    );
    await client.query("COMMIT");
    return { looking };
  });
  await look.looking;
  expect(await ledgerOf(world)).toMatchObject([{ amount: 4_500, staffMemberId: "stf_test" }]);
});

test("more refunds of one charge than it brings along are all taken over", async () => {
  const world = await makeBilledWorld(stripe);
  for (let count = 0; count < 12; count += 1) await refundThere(world, 100);
  await mirrorOrganization(world.id);
  expect(await ledgerOf(world)).toHaveLength(12);
  expect(await driftOf(world)).toEqual([]);
});

test("one that the bank sends back later has failed here too, and can be refunded again", async () => {
  const world = await makeBilledWorld(stripe);
  const { id } = await refundThere(world, 4_500);
  await mirrorOrganization(world.id);
  await stripe.control("fail-refund", { id });
  await mirrorOrganization(world.id);
  await mirrorOrganization(world.id);
  expect(await ledgerOf(world)).toMatchObject([{ stripeId: id, state: "failed" }]);
  await refundHere(world, "45.00");
});

test("of one that is older than a week nobody is told", async () => {
  const created = Math.floor(Date.now() / 1_000) - 8 * 86_400;
  const [invoice] = (await makeBilledWorld(stripe)).customer.invoices ?? [];
  if (!invoice) throw new Error("This world has an invoice.");
  const key = unique();
  const refunds = [{ id: `re_${key}`, amount: 100, created }];
  const own = { ...invoice, id: `in_${key}`, paymentIntent: `pi_${key}`, number: `TEST-${key}`, refunds };
  const world = await makeBilledWorld(stripe, { invoices: [own] });
  await mirrorOrganization(world.id);
  expect(await ledgerOf(world)).toMatchObject([{ stripeId: `re_${key}` }]);
  expect(await letters(world)).toEqual([]);
});

test("looks and refunds at the same time never add up to more than was paid, and take each refund over once", async () => {
  for (let round = 0; round < 5; round += 1) {
    const world = await makeBilledWorld(stripe);
    const made = await Promise.all([refundThere(world, 1_500), refundThere(world, 1_000)]);
    await Promise.all([
      ...Array.from({ length: 4 }, () => mirrorOrganization(world.id)),
      ...Array.from({ length: 4 }, () => refundHere(world, "10.00").catch((error: AppError) => expect(error.status).toBeLessThan(500))),
    ]);
    const entries = await ledgerOf(world);
    expect(entries.reduce((sum, { amount }) => sum + amount, 0)).toBeLessThanOrEqual(4_500);
    const ids = entries.flatMap(({ staffMemberId, stripeId }) => (staffMemberId ? [] : stripeId));
    expect(ids.length).toBe(new Set(ids).size);
    expect(made.map(({ id }) => id)).toEqual(expect.arrayContaining(ids));
    expect((await takenOver(world)).filter(({ outcome }) => outcome === "succeeded")).toHaveLength(ids.length);
  }
});

test("the same refund taken over many times at once is taken over once, and the others are told so", async () => {
  const world = await makeBilledWorld(stripe);
  const { id: stripeId, charge, created } = await refundThere(world, 500);
  const { paymentIntent, invoiceId: targetId } = world;
  const madeAt = new Date(created * 1_000).toISOString();
  const refund = { stripeId, chargeId: String(charge), paymentIntent, amount: 500, currency: "EUR", madeAt, callId: null };
  const { ability, ...context } = procedureContext(systemContext("Stripe"));
  const operation = getOperation("invoice.takeOverRefund");
  const actor = { type: "system", id: "worker", label: "Stripe" } as const;
  const results = await Promise.all(
    Array.from({ length: 8 }, () =>
      runOperation({ operation, context: { ...context, actor }, ability, envelope: { targetId, input: { refund } } }).then(
        () => "taken over",
        (error: AppError) => error.userMessage,
      ),
    ),
  );
  expect(results.toSorted()).toEqual([...Array(7).fill("This refund is in the ledger already."), "taken over"]);
  expect(await ledgerOf(world)).toHaveLength(1);
});

test("an invoice and a refund that was made here have the ids of the charge", async () => {
  const world = await makeBilledWorld(stripe);
  const { id: charge } = (await sdk().charges.list({ customer: world.customer.id })).data[0] ?? {};
  await arrange((db) => db.invoice.update({ where: { id: world.invoiceId }, data: { stripeChargeId: null }, select: { id: true } }));
  await mirrorOrganization(world.id);
  expect(await reader().invoice.findUniqueOrThrow({ where: { id: world.invoiceId } })).toMatchObject({ stripeChargeId: charge });
  const { callId } = await makeRefundCall(world, 500);
  await workCall(callId);
  expect(await ledgerOf(world)).toMatchObject([{ stripeId: expect.stringMatching(/^re_/), stripeChargeId: charge }]);
  const { goTo } = await createStaffCaller(contextOf(await makeStaff("viewer"))).search.find({ query: charge ?? "" });
  expect(goTo).toBe(`/admin/invoices/${world.invoiceId}`);
});

describe("the database refuses", () => {
  test.each([
    [
      "What staff give is settled by the payment provider.",
      "what staff gave as done already",
      { staffMemberId: "stf_x", state: "succeeded", stripeId: "re_x", settledAt: new Date() },
    ],
    [
      "LedgerEntry_given_by",
      "what nobody gave and Stripe has no id for",
      { staffMemberId: null, state: "succeeded", settledAt: new Date() },
    ],
    ["LedgerEntry_given_by", "what nobody gave and that still waits", { staffMemberId: null, stripeId: "re_y" }],
  ] as const)("with “%s”: %s", async (constraint, _what, given) => {
    const { id: organizationId, invoiceId } = await makeBilledWorld(stripe);
    const data = { organizationId, invoiceId, kind: "refund", amount: 100, currency: "EUR", staffLabel: "x", ...given } as const;
    await expect(arrange((db) => db.ledgerEntry.create({ data, select: { id: true } }))).rejects.toThrow(constraint);
  });
});

function refundThere({ paymentIntent }: BilledWorld, amount: number, given: { metadata?: Record<string, string> } = {}) {
  return sdk().refunds.create({ payment_intent: paymentIntent, amount, ...given });
}

function refundHere(world: BilledWorld, amount: string) {
  return runOn(world, { name: "invoice.refund", targetId: world.invoiceId, input: { amount } });
}

function ledgerOf({ id }: BilledWorld) {
  return reader().ledgerEntry.findMany({ where: { organizationId: id }, orderBy: { id: "asc" } });
}

function takenOver({ id }: BilledWorld) {
  return findEvents({ operation: "invoice.takeOverRefund", organizationId: id });
}

function driftOf({ id }: BilledWorld) {
  return reader().billingDrift.findMany({ where: { organizationId: id } });
}

function letters({ slug }: BilledWorld) {
  return queuedJobs("mail", (payload) => payload.mail === "refundIssued" && (payload.data as { slug: string }).slug === slug);
}

function workCall(callId: string) {
  const origin = { eventId: "evt_test", requestId: "req_test", organizationId: null, actedBy: null };
  return carryOutStripeCallsTask.handle({ id: callId, data: { payload: { callId }, origin } as never });
}
