import { describe, expect, test } from "vitest";
import { mostAtOnce } from "#domain/billing-amounts.ts";
import { createRandom } from "#lib/random.ts";
import { getOperation } from "#router/registry.ts";
import type { StaffActor, SystemActor } from "#server/actor.ts";
import { writer } from "#server/db.ts";
import { AppError } from "#server/errors.ts";
import { previewOperation, runOperation } from "#server/run-operation.ts";
import { toAppError } from "#server/to-app-error.ts";
import { asRole } from "#testing/database.ts";
import { arrange, contextOf, findEvents, makeOrganization, makeStaff, unique } from "#testing/fixtures.ts";
import { queuedJobs } from "#testing/queued-jobs.ts";
import { makePaidInvoice } from "#testing/scenarios/billing.ts";
import type { World } from "#testing/scenarios/scenario.ts";
import { prepare, requestOf, runAsPeopleDo } from "#testing/scenarios.ts";

const operation = getOperation("invoice.refund");

async function prepared(world: World, targetId: string, input: Record<string, unknown>, role: "billing" | "support" | "admin" = "billing") {
  return { operation, actor: await makeStaff(role), targetId, input, world };
}

function entriesOf(invoiceId: string) {
  return writer().ledgerEntry.findMany({ where: { invoiceId }, orderBy: { id: "asc" } });
}

test("a refund is an entry in the ledger, a call of Stripe with its id as key, and one event; nobody is written to before Stripe has done it", async () => {
  const one = await prepare("invoice.refund");
  const preview = await previewOperation(requestOf(one));
  const { eventId } = await runAsPeopleDo(one);
  const invoice = await writer().invoice.findUniqueOrThrow({ where: { id: one.targetId } });
  expect(preview.consequences[0]).toBe("Then €25.00 of the €45.00 that were paid can still be refunded.");
  expect(preview.consequences[1]).toContain("the owners are told");
  expect(preview.effects).toEqual([`Stripe: refund €20.00 of the invoice ${invoice.number}`]);
  const [entry] = await entriesOf(invoice.id);
  expect(entry).toMatchObject({ kind: "refund", amount: 2_000, currency: "EUR", state: "pending", staffMemberId: one.actor.id });
  const [call] = await writer().stripeCall.findMany({ where: { objectId: entry?.id ?? "" } });
  expect(call).toMatchObject({ kind: "refund", eventId, parameters: { paymentIntent: invoice.stripePaymentIntentId, amount: 2_000 } });
  expect(await queuedJobs("stripe", ({ callId }) => callId === call?.id)).toHaveLength(1);
  expect(await findEvents({ id: eventId })).toMatchObject([{ operation: "invoice.refund", targetId: invoice.id, ticket: "T-42" }]);
});

test("without an amount all that is left is refunded, and then nothing more", async () => {
  const world = await makeOrganization();
  const id = await makePaidInvoice(world);
  await runAsPeopleDo(await prepared(world, id, { amount: "20.00" }));
  await runAsPeopleDo(await prepared(world, id, {}));
  expect((await entriesOf(id)).map(({ amount }) => amount)).toEqual([2_000, 2_500]);
  await expect(runAsPeopleDo(await prepared(world, id, {}))).rejects.toThrow("is refunded, or about to be");
});

test("what Stripe refused can be refunded again", async () => {
  const world = await makeOrganization();
  const id = await makePaidInvoice(world);
  await runAsPeopleDo(await prepared(world, id, {}));
  await asRole("superuser", (client) =>
    client.query(`UPDATE "LedgerEntry" SET "state" = 'failed', "settledAt" = now() WHERE "invoiceId" = $1`, [id]),
  );
  await runAsPeopleDo(await prepared(world, id, { amount: "45.00" }));
  expect((await entriesOf(id)).map(({ state }) => state)).toEqual(["failed", "pending"]);
});

test("support may not, and what was never paid, or is unknown to Stripe, cannot", async () => {
  const world = await makeOrganization();
  const id = await makePaidInvoice(world);
  await expect(runAsPeopleDo(await prepared(world, id, {}, "support"))).rejects.toMatchObject({ code: "FORBIDDEN" });
  await arrange((db) => db.invoice.update({ where: { id }, data: { stripePaymentIntentId: null }, select: { id: true } }));
  await expect(runAsPeopleDo(await prepared(world, id, {}))).rejects.toThrow("Stripe knows of no payment");
  await arrange((db) => db.invoice.update({ where: { id }, data: { amountPaid: 0 }, select: { id: true } }));
  await expect(runAsPeopleDo(await prepared(world, id, {}))).rejects.toThrow("Nothing was paid");
});

describe("an amount that cannot be refunded is a sentence at its field", () => {
  test.each([
    ["-5", /above zero/],
    ["0", /above zero/],
    ["0.001", /2 digits/],
    ["45.01", /Only €45.00/],
    ["99999999999999999999", /At most/],
    [String(mostAtOnce), /At most/],
    ["5 USD", /not in USD/],
    ["five", /digits with a point/],
    ["1,5", /digits with a point/],
    ["\u00a05\u0000", /cannot be stored/],
    [" ", /required|digits/],
    ["9".repeat(31), /at most 30/i],
    [5, /expected string/i],
    [null, /expected string/i],
    [{ not: "" }, /expected string/i],
  ])("%j", async (amount, sentence) => {
    const world = await makeOrganization();
    const id = await makePaidInvoice(world);
    const error = await runAsPeopleDo(await prepared(world, id, { amount })).then(
      () => null,
      (thrown: AppError) => thrown,
    );
    expect(error).toBeInstanceOf(AppError);
    expect(error?.status).toBe(400);
    expect(error?.details.fields?.["input.amount"]).toMatch(sentence);
    expect(await entriesOf(id)).toEqual([]);
  });
});

test("the database refuses more than was paid, and another currency, as a conflict in words", async () => {
  const world = await makeOrganization();
  const invoiceId = await makePaidInvoice(world);
  const entry = {
    organizationId: world.id,
    invoiceId,
    kind: "refund",
    amount: 4_500,
    currency: "EUR",
    staffMemberId: "x",
    staffLabel: "x",
  } as const;
  const create = (data: typeof entry | (Omit<typeof entry, "amount" | "currency"> & { amount: number; currency: string })) =>
    arrange((db) => db.ledgerEntry.create({ data, select: { id: true } })).catch((thrown: unknown) => toAppError(thrown));
  expect(await create({ ...entry, amount: 4_501 })).toMatchObject({
    code: "CONFLICT",
    userMessage: expect.stringContaining("than was paid"),
  });
  expect(await create({ ...entry, currency: "USD" })).toMatchObject({ code: "CONFLICT" });
  await create(entry);
  expect(await create({ ...entry, amount: 1 })).toMatchObject({ code: "CONFLICT" });
  expect(await entriesOf(invoiceId)).toHaveLength(1);
});

describe("16 refunds of one invoice at once", () => {
  const rounds = 300;
  const system: SystemActor = { type: "system", id: "test", label: "Test" };

  /** The whole pipeline as the worker calls it, with a staff member's rights: without a proposal, which only one of them could run. */
  function refund(invoice: { id: string; number: string }, staff: StaffActor, amount: string) {
    const { ability } = contextOf(staff);
    const context = { ...contextOf(system), actor: system };
    const envelope = { targetId: invoice.id, input: { amount }, reason: "test", ticket: "T-1", confirmation: invoice.number };
    return runOperation({ operation, context, ability, envelope }).then(
      () => true,
      (error: AppError) => {
        expect(error.code, error.message).toMatch(/^(CONFLICT|INVALID_INPUT)$/);
        return false;
      },
    );
  }

  test(`${rounds} times: never more than was paid, and exactly as many as fit`, async () => {
    const seed = Number(process.env.FAST_CHECK_SEED ?? Math.floor(Math.random() * 2 ** 31));
    console.info(`amounts from seed ${seed}: set FAST_CHECK_SEED to repeat`);
    const random = createRandom(seed);
    const world = await makeOrganization();
    const staff = await makeStaff("billing");
    for (let round = 0; round < rounds; round += 1) {
      const each = 1 + Math.floor(random() * 500);
      const paid = Math.floor(random() * 20 * each);
      const same = round % 2 === 0;
      const amounts = Array.from({ length: 16 }, () => (same ? each : 1 + Math.floor(random() * 2 * each)));
      const invoice = await makePaid(world, paid);
      const done = await Promise.all(amounts.map((amount) => refund(invoice, staff, cents(amount))));
      const entries = await entriesOf(invoice.id);
      const given = entries.reduce((sum, { amount }) => sum + amount, 0);
      expect(given, "never more than was paid").toBeLessThanOrEqual(paid);
      expect(entries.length).toBe(done.filter(Boolean).length);
      if (same) expect(entries.length, `${paid} in parts of ${each}`).toBe(Math.min(16, Math.floor(paid / each)));
      for (const [index, amount] of amounts.entries())
        if (!done[index]) expect(amount, "refused although it fits").toBeGreaterThan(paid - given);
      expect(await writer().stripeCall.count({ where: { objectId: { in: entries.map(({ id }) => id) } } })).toBe(entries.length);
    }
  }, 300_000);

  test("each from a preview of its own: one runs, the others are shown that something changed", async () => {
    const world = await makeOrganization();
    const id = await makePaidInvoice(world);
    const people = await Promise.all(Array.from({ length: 16 }, () => prepared(world, id, { amount: "5.00" })));
    const results = await Promise.allSettled(people.map((one) => runAsPeopleDo(one)));
    const codes = results.map((result) => (result.status === "fulfilled" ? "runs" : (result.reason as AppError).code));
    expect(codes.filter((code) => code === "runs").length).toBe((await entriesOf(id)).length);
    expect(codes.filter((code) => code !== "runs" && code !== "STALE_PREVIEW" && code !== "INVALID_INPUT" && code !== "CONFLICT")).toEqual(
      [],
    );
    expect((await entriesOf(id)).reduce((sum, { amount }) => sum + amount, 0)).toBeLessThanOrEqual(4_500);
  });
});

async function makePaid(world: World, amountPaid: number) {
  const now = new Date();
  return arrange((db) =>
    db.invoice.create({
      data: {
        organizationId: world.id,
        number: `TEST-${unique()}`,
        status: "paid",
        currency: "EUR",
        amountDue: amountPaid,
        amountPaid,
        lines: [],
        periodStart: now,
        periodEnd: now,
        issuedAt: now,
        stripePaymentIntentId: `pi_${unique()}`,
      },
      select: { id: true, number: true },
    }),
  );
}

function cents(amount: number): string {
  return (amount / 100).toFixed(2);
}
