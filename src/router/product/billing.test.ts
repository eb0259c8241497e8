import { expect, test } from "vitest";
import { runOn } from "#testing/billing-world.ts";
import { asRole } from "#testing/database.ts";
import { arrange, contextOf, makeOrganization } from "#testing/fixtures.ts";
import { makeInvoice } from "#testing/make-invoice.ts";
import { makePaidInvoice } from "#testing/scenarios/billing.ts";
import { createProductCaller } from "../product-router.ts";

test("an invoice shows its lines; another organization's, a planned and an absent one are not there", async () => {
  const [world, other] = [await makeOrganization(), await makeOrganization()];
  const { slug } = world;
  const caller = createProductCaller(contextOf(world.people.owner.actor));
  const { invoice } = await caller.billing.invoice({ slug, id: await makeInvoice(world) });
  expect(invoice).toMatchObject({ lines: [{ description: "Team plan", quantity: 5, amount: 4_500 }], state: { words: "open" } });
  for (const id of [await makeInvoice(other), await makeInvoice(world, { status: "draft" }), "inv_000000000000000000000000"])
    await expect(caller.billing.invoice({ slug, id })).rejects.toMatchObject({ message: "There is no such invoice." });
});

test("billing is for owners and admins; a member is told whom to ask, a stranger nothing", async () => {
  const [world, other] = [await makeOrganization(), await makeOrganization()];
  const read = (actor: typeof world.people.owner.actor) => createProductCaller(contextOf(actor)).billing.get({ slug: world.slug });
  await expect(read(world.people.admin.actor)).resolves.toMatchObject({ issued: [], next: { amount: 4_500 } });
  await expect(read(world.people.member.actor)).rejects.toThrow(/Ask one of them/);
  await expect(read(other.people.owner.actor)).rejects.toMatchObject({ code: "NOT_FOUND" });
});

test("usage counts what there is; an open invoice past its day is overdue; the next comes with the end of the trial", async () => {
  const world = await makeOrganization();
  await makeInvoice(world, { dueInDays: -1 });
  await arrange((db) => db.ping.createMany({ data: [{ monitorId: world.monitor.id }, { monitorId: world.monitor.id }] }));
  const { usage, issued, next, overdue } = await createProductCaller(contextOf(world.people.owner.actor)).billing.get({ slug: world.slug });
  expect(Object.fromEntries(usage.map(({ label, used, of }) => [label, [used, of]]))).toMatchObject({
    Monitors: [1, 5],
    Seats: [3, 5],
    "Pings in the last hour": [2, 600],
  });
  expect([issued[0]?.state.words, overdue]).toEqual(["overdue", 1]);
  expect(next).toEqual({ amount: 4_500, credit: 0, currency: "EUR", at: new Date("2099-01-01T23:59:59Z") });
});

test("what comes next follows plan, discount and credit; nothing comes where it ends, and what is planned where no period says when", async () => {
  const world = await makeOrganization();
  const next = async () => (await createProductCaller(contextOf(world.people.owner.actor)).billing.get({ slug: world.slug })).next;
  const update = (data: { discountCode?: string; discountPercent?: number; cancelAt?: Date | null; trialEndsAt?: null; planId?: string }) =>
    arrange((db) => db.subscription.update({ where: { organizationId: world.id }, data, select: { id: true } }));
  await arrange((db) => db.organization.update({ where: { id: world.id }, data: { creditBalance: 1_000 }, select: { id: true } }));
  await update({ discountCode: "WELCOME10", discountPercent: 10 });
  expect(await next()).toMatchObject({ amount: 3_050, credit: 1_000 });
  await update({ cancelAt: new Date("2099-01-01") });
  expect(await next()).toBeNull();
  await update({ cancelAt: null, trialEndsAt: null });
  expect(await next()).toBeNull();
  await makeInvoice(world, { status: "draft" });
  expect(await next()).toMatchObject({ amount: 3_050, credit: 1_000 });
});

test("what staff gave is shown to the customer, without their name and without what was refused", async () => {
  const world = await makeOrganization();
  const id = await makePaidInvoice(world);
  await runOn(world, { name: "invoice.refund", targetId: id, input: { amount: "5.00" } });
  await runOn(world, { name: "invoice.refund", targetId: id, input: { amount: "6.00" } });
  await runOn(world, { name: "organization.credit", input: { amount: "7.00", description: "x" } });
  const failed = `UPDATE "LedgerEntry" SET "state" = 'failed', "settledAt" = now() WHERE "organizationId" = $1 AND "amount" = 600`;
  await asRole("superuser", (client) => client.query(failed, [world.id]));
  const caller = createProductCaller(contextOf(world.people.owner.actor));
  const { given } = await caller.billing.get({ slug: world.slug });
  expect(given.map(({ kind, amount, words }) => [kind, amount, words])).toEqual([
    ["credit", 700, "on its way"],
    ["refund", 500, "on its way"],
  ]);
  const shown = await caller.billing.invoice({ slug: world.slug, id });
  expect(shown.invoice.refunds).toMatchObject([{ amount: 500, words: "on its way" }]);
  expect(JSON.stringify([given, shown])).not.toContain("Staff billing");
});
