import { beforeAll, expect, test } from "vitest";
import { createStaffCaller } from "#router/staff-router.ts";
import type { StaffActor } from "#server/actor.ts";
import { contextOf, makeOrganization, makeStaff } from "#testing/fixtures.ts";
import { beginImpersonation } from "#testing/scenarios/impersonations.ts";

let starter: StaffActor;
let id: string;

beforeAll(async () => {
  [starter, { id }] = await begin();
});

async function begin(): Promise<[StaffActor, { id: string }]> {
  const [staff, world] = [await makeStaff("support"), await makeOrganization()];
  return [staff, await beginImpersonation({ starter: staff, world, userId: world.people.member.id })];
}

/** What the list and the page say of allowing changes: the same. */
async function offered(actor: StaffActor) {
  const { impersonations } = createStaffCaller(contextOf(actor));
  const listed = (await impersonations.list({})).rows.find((row) => row.id === id);
  const [first, second] = [listed, await impersonations.get({ id })].map((row) => {
    const { allowed, whyNot } = row?.operations.find(({ name }) => name === "impersonation.stepUp") ?? {};
    return { allowed, whyNot };
  });
  expect(first).toEqual(second);
  return second;
}

test("who began it is offered to allow changes, in the list as on its page", async () => {
  expect(await offered(starter)).toEqual({ allowed: true, whyNot: null });
});

test("a colleague, and who began it in another session, read whose it is instead", async () => {
  const whyNot = `Only ${starter.label}, in the session in which it began, asks for that.`;
  expect(await offered(await makeStaff("admin"))).toEqual({ allowed: false, whyNot });
  const { sessionId } = await makeStaff("support");
  expect(await offered({ ...starter, sessionId })).toEqual({ allowed: false, whyNot });
});

test("who may never read which role it takes", async () => {
  expect(await offered(await makeStaff("viewer"))).toEqual({ allowed: false, whyNot: "Needs the role support." });
});
