import { expect, test } from "vitest";
import { findInverse } from "#router/find-inverse.ts";
import type { Change } from "#server/audit/changes.ts";
import { writer } from "#server/db.ts";
import { callsOf, makePayingCustomer, preparedOn, previewOn, runOn, subscriptionOf } from "#testing/billing-world.ts";
import { makeOrganization } from "#testing/fixtures.ts";
import type { World } from "#testing/scenarios/scenario.ts";
import { runAsPeopleDo } from "#testing/scenarios.ts";

/** What the timeline's link would take it back with. */
async function wayBack(eventId: string): Promise<Record<string, string>> {
  const event = await writer().auditEvent.findFirstOrThrow({ where: { id: eventId } });
  const changes = (await writer().auditChange.findMany({ where: { eventId } })) as unknown as Change[];
  const path = findInverse(event, changes)?.path ?? "";
  return Object.fromEntries(new URL(path, "http://localhost").searchParams);
}

async function takeBack(world: World, undoOf: string, input: Record<string, unknown>) {
  return runAsPeopleDo({ ...(await preparedOn(world, { name: "subscription.changePlan", input })), undoOf });
}

test.each([true, false])("a change of plan is charged back as it was charged: prorated %s", async (prorate) => {
  const world = await makePayingCustomer();
  const { eventId } = await runOn(world, { name: "subscription.changePlan", input: { plan: "business", prorate } });
  const input = { plan: "team", prorate };
  expect(await wayBack(eventId)).toEqual({ targetId: world.id, undoOf: eventId, "input.plan": "team", "input.prorate": String(prorate) });
  await expect(takeBack(world, eventId, { ...input, prorate: !prorate })).rejects.toThrow("This is not what was before.");
  await takeBack(world, eventId, input);
  expect((await callsOf(world)).map(({ parameters }) => parameters)).toMatchObject([{ prorate }, { planId: "team", prorate }]);
});

test("without Stripe nothing was charged, and nothing is given back", async () => {
  const world = await makeOrganization();
  const { eventId } = await runOn(world, { name: "subscription.changePlan", input: { plan: "business", prorate: true } });
  expect(await wayBack(eventId)).toMatchObject({ "input.prorate": "false" });
});

test("seats that the smaller plan had no room for come back with the larger one", async () => {
  const world = await makePayingCustomer({ seats: 9 });
  const { eventId } = await runOn(world, { name: "subscription.changePlan", input: { plan: "free" } });
  expect(await subscriptionOf(world)).toMatchObject({ planId: "free", seats: 5 });
  expect(await wayBack(eventId)).toMatchObject({ "input.plan": "team", "input.seats": "9" });
  await takeBack(world, eventId, { plan: "team", prorate: true, seats: 9 });
  expect(await subscriptionOf(world)).toMatchObject({ planId: "team", seats: 9 });
  expect((await callsOf(world)).at(-1)).toMatchObject({ parameters: { planId: "team", seats: 9 } });
});

test("seats that are chosen with the plan are enough for who is in, and take a second person above what it has", async () => {
  const world = await makePayingCustomer();
  const asked = (seats: number) => runOn(world, { name: "subscription.changePlan", input: { plan: "business", seats } });
  const { approvalReasons } = await previewOn(world, { name: "subscription.changePlan", input: { plan: "business", seats: 6 } });
  expect(approvalReasons).toEqual(["The business plan has 5 seats."]);
  await expect(asked(2)).rejects.toMatchObject({ details: { fields: { "input.seats": "3 members take 3 seats." } } });
  await asked(4);
  expect(await subscriptionOf(world)).toMatchObject({ planId: "business", seats: 4 });
});
