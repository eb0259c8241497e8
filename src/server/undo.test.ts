import { expect, test } from "vitest";
import { getOperation } from "#router/registry.ts";
import { createStaffCaller } from "#router/staff-router.ts";
import type { StaffActor } from "#server/actor.ts";
import { writer } from "#server/db.ts";
import { propose } from "#server/proposals.ts";
import { arrange, contextOf, findEvents, makeOrganization, makeStaff } from "#testing/fixtures.ts";
import { subscribe } from "#testing/scenarios/billing.ts";
import { runAsPeopleDo } from "#testing/scenarios.ts";

type World = Awaited<ReturnType<typeof makeOrganization>>;

const seatsOf = async ({ id }: World) => (await writer().subscription.findUniqueOrThrow({ where: { organizationId: id } })).seats;

async function setSeats(world: World, actor: StaffActor, seats: number, undoOf?: string) {
  const request = { operation: getOperation("subscription.setSeats"), actor, targetId: world.id, input: { seats }, world };
  return runAsPeopleDo(undoOf ? { ...request, undoOf } : request);
}

/** The first address on the customer's timeline that takes something back. */
async function wayBack(world: World, actor: StaffActor): Promise<URLSearchParams> {
  const staff = createStaffCaller(contextOf(actor));
  const { timeline } = await staff.organizations.get({ id: world.id });
  const [, id = ""] = timeline.find(({ wayBack }) => wayBack)?.wayBack?.match(/^\/admin\/audit\/(.+)\/take-back$/) ?? [];
  const path = (await staff.audit.get({ id })).inverse?.path ?? "";
  expect(path).toMatch(/^\/admin\/operations\/subscription\.setSeats\?/);
  return new URL(path, "http://localhost").searchParams;
}

test("the timeline offers what takes a run back; it is a new run with an event of its own, which says what it took back", async () => {
  const [world, actor] = [await makeOrganization(), await makeStaff("admin")];
  const { eventId } = await setSeats(world, actor, 9);
  const query = await wayBack(world, actor);
  expect(Object.fromEntries(query)).toEqual({ targetId: world.id, undoOf: eventId, "input.seats": "5" });
  const back = await setSeats(world, actor, 5, eventId);
  expect(await seatsOf(world)).toBe(5);
  expect((await findEvents({ id: back.eventId }))[0]).toMatchObject({ operation: "subscription.setSeats", metadata: { undoOf: eventId } });
});

test("it is refused, with who changed what, where something later touched the same field; in the form and in the run", async () => {
  const [world, actor, colleague] = [await makeOrganization(), await makeStaff("admin"), await makeStaff("billing")];
  const { eventId } = await setSeats(world, actor, 9);
  await setSeats(world, colleague, 7);
  const sentence = new RegExp(`changed again since: “Set the seats of .* to 7”, by ${colleague.label}`);
  const form = await createStaffCaller(contextOf(actor)).operationForms.get({
    name: "subscription.setSeats",
    targetId: world.id,
    undoOf: eventId,
  });
  expect(form).toMatchObject({ allowed: false, whyNot: expect.stringMatching(sentence) });
  await expect(setSeats(world, actor, 5, eventId)).rejects.toMatchObject({
    code: "CONFLICT",
    userMessage: expect.stringMatching(sentence),
  });
  expect(await seatsOf(world)).toBe(7);
});

test("a change between its preview and its run is refused as well", async () => {
  const [world, actor] = [await makeOrganization(), await makeStaff("admin")];
  const { eventId } = await setSeats(world, actor, 9);
  const context = { ...contextOf(actor), actor };
  const envelope = { targetId: world.id, input: { seats: 5 }, reason: "Back again", ticket: "T-1", undoOf: eventId };
  const { proposalId } = await propose({ operation: getOperation("subscription.setSeats"), context, ability: context.ability, envelope });
  await setSeats(world, await makeStaff("billing"), 8);
  await expect(createStaffCaller(contextOf(actor)).proposals.confirm({ id: proposalId, confirmation: world.slug })).rejects.toThrow(
    "changed again since",
  );
  expect(await seatsOf(world)).toBe(8);
});

test("what touched other fields of the same row does not stand in the way", async () => {
  const [world, actor] = [await makeOrganization(), await makeStaff("admin")];
  const { eventId } = await setSeats(world, actor, 9);
  await arrange((db) => db.subscription.update({ where: { organizationId: world.id }, data: { currency: "USD" }, select: { id: true } }));
  await setSeats(world, actor, 5, eventId);
  expect(await seatsOf(world)).toBe(5);
});

test("the same run is not taken back twice", async () => {
  const [world, actor] = [await makeOrganization(), await makeStaff("admin")];
  const { eventId } = await setSeats(world, actor, 9);
  await setSeats(world, actor, 5, eventId);
  await setSeats(world, actor, 9);
  await expect(setSeats(world, actor, 5, eventId)).rejects.toMatchObject({ code: "CONFLICT" });
});

test.each([
  ["another operation’s event", (other: string) => other],
  ["an event that does not exist", () => "evt_0123456789ab0123456789ab"],
  ["no id at all", () => "nonsense"],
])("%s takes nothing back", async (_case, pick) => {
  const [world, other, actor] = [await makeOrganization(), await makeOrganization(), await makeStaff("admin")];
  const { eventId } = await setSeats(other, actor, 9);
  await expect(setSeats(world, actor, 6, pick(eventId))).rejects.toMatchObject({ code: "CONFLICT" });
  expect(await seatsOf(world)).toBe(5);
});

test("what Stripe did because of it is no later word of anybody", async () => {
  const [world, actor] = [await makeOrganization(), await makeStaff("admin")];
  await subscribe(world);
  const { eventId } = await setSeats(world, actor, 9);
  const call = await writer().stripeCall.findFirstOrThrow({ where: { eventId } });
  await arrange((db) =>
    db.stripeCall.update({ where: { id: call.id }, data: { state: "succeeded", settledAt: new Date() }, select: { id: true } }),
  );
  await setSeats(world, actor, 5, eventId);
  expect(await seatsOf(world)).toBe(5);
});

test("what says that it takes something back gives back what was, and nothing else", async () => {
  const [world, actor] = [await makeOrganization(), await makeStaff("admin")];
  const { eventId } = await setSeats(world, actor, 9);
  await expect(setSeats(world, actor, 25, eventId)).rejects.toMatchObject({
    code: "CONFLICT",
    userMessage: expect.stringContaining("not what was before"),
  });
});

test("many changes of other fields do not hide the one that counts", async () => {
  const [world, actor] = [await makeOrganization(), await makeStaff("admin")];
  const { eventId } = await setSeats(world, actor, 9);
  await setSeats(world, await makeStaff("billing"), 7);
  await arrange(async (db) => {
    for (let second = 0; second < 1_100; second += 1)
      await db.$executeRaw`UPDATE "Subscription" SET "currentPeriodEndsAt" = now() + make_interval(secs => ${second}::int) WHERE "organizationId" = ${world.id}`;
  });
  await expect(setSeats(world, actor, 5, eventId)).rejects.toMatchObject({ userMessage: expect.stringContaining("changed again since") });
});
