import { expect, test } from "vitest";
import { arrange, contextOf, makeOrganization } from "#testing/fixtures.ts";
import { makeInvoice } from "#testing/make-invoice.ts";
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
  await expect(read(world.people.admin.actor)).resolves.toMatchObject({ issued: [], next: null });
  await expect(read(world.people.member.actor)).rejects.toThrow(/Ask one of them/);
  await expect(read(other.people.owner.actor)).rejects.toMatchObject({ code: "NOT_FOUND" });
});

test("usage counts what there is; an open invoice past its day is overdue; the planned one comes next", async () => {
  const world = await makeOrganization();
  await makeInvoice(world, { dueInDays: -1 });
  await makeInvoice(world, { status: "draft" });
  await arrange((db) => db.ping.createMany({ data: [{ monitorId: world.monitor.id }, { monitorId: world.monitor.id }] }));
  const { usage, issued, next, overdue } = await createProductCaller(contextOf(world.people.owner.actor)).billing.get({ slug: world.slug });
  expect(Object.fromEntries(usage.map(({ label, used, of }) => [label, [used, of]]))).toMatchObject({
    Monitors: [1, 5],
    Seats: [3, 5],
    "Pings in the last hour": [2, 600],
  });
  expect([issued[0]?.state.words, next?.state.words, overdue]).toEqual(["overdue", "planned", 1]);
});
