import { describe, expect, test } from "vitest";
import { getOperation } from "#router/registry.ts";
import type { Actor, UserActor } from "#server/actor.ts";
import { findUserActor } from "#server/auth/find-user-actor.ts";
import { writer } from "#server/db.ts";
import { runOperation } from "#server/run-operation.ts";
import { arrange, contextOf, impersonating, makeOrganization, makeStaff } from "#testing/fixtures.ts";
import { elevate, letTimePass } from "#testing/scenarios/people.ts";
import type { World } from "#testing/scenarios/scenario.ts";
import { runAsPeopleDo } from "#testing/scenarios.ts";
import { signedInHeaders } from "#testing/session-cookies.ts";

type Name = "changeRole" | "remove" | "leave" | "elevate" | "endElevation" | "invite";
const soon = () => new Date(Date.now() + 3_600_000).toISOString().slice(0, 16);

function run(world: World, actor: Actor, name: Name, targetId: string, input: Record<string, unknown> = {}) {
  return runAsPeopleDo({ operation: getOperation(`membership.${name}`), actor, targetId, input, world });
}

async function rolesOf(world: World): Promise<Record<string, string>> {
  const rows = await writer().membership.findMany({ where: { organizationId: world.id }, select: { userId: true, role: true } });
  return Object.fromEntries(rows.map(({ userId, role }) => [userId, role]));
}

async function secondOwner(world: World): Promise<UserActor> {
  const { admin } = world.people;
  await arrange((db) => db.membership.update({ where: { id: admin.membershipId }, data: { role: "owner" }, select: { id: true } }));
  return { ...admin.actor, memberships: [{ organizationId: world.id, role: "owner" }] };
}

async function asSignedIn(person: { sessionId: string }): Promise<UserActor> {
  const found = await findUserActor(await signedInHeaders("product", person.sessionId));
  if (!found) throw new Error("Nobody is signed in.");
  return found.actor;
}

describe("the last owner", () => {
  test("cannot leave, be removed or be demoted", async () => {
    const world = await makeOrganization();
    const { owner } = world.people;
    const operations = await makeStaff("operations");
    await expect(run(world, owner.actor, "leave", owner.membershipId)).rejects.toMatchObject({ code: "CONFLICT" });
    await expect(run(world, operations, "remove", owner.membershipId)).rejects.toThrow(/last owner/);
    await expect(run(world, operations, "changeRole", owner.membershipId, { role: "member" })).rejects.toThrow(/last owner/);
    expect((await rolesOf(world))[owner.id]).toBe("owner");
  });

  test("stays when somebody else is an owner for a while only", async () => {
    const world = await makeOrganization();
    await elevate(world.people.member.membershipId, "owner");
    await expect(run(world, world.people.owner.actor, "leave", world.people.owner.membershipId)).rejects.toThrow(/last owner/);
  });

  test("is one of two who go at the same moment, in whichever way", async () => {
    for (const way of ["leave", "changeRole", "remove"] as const) {
      const world = await makeOrganization();
      const first = world.people.owner;
      const second = { ...world.people.admin, actor: await secondOwner(world) };
      const input = way === "changeRole" ? { role: "member" } : {};
      const [targetOfFirst, targetOfSecond] = way === "remove" ? [second, first] : [first, second];
      const outcomes = await Promise.allSettled([
        run(world, first.actor, way, targetOfFirst.membershipId, input),
        run(world, second.actor, way, targetOfSecond.membershipId, input),
      ]);
      expect(outcomes.map(({ status }) => status).sort(), way).toEqual(["fulfilled", "rejected"]);
      expect(Object.values(await rolesOf(world)).filter((role) => role === "owner")).toHaveLength(1);
    }
  }, 60_000);
});

describe("an admin", () => {
  test("changes and removes members and admins, and cannot touch an owner", async () => {
    const world = await makeOrganization();
    const { owner, admin, member } = world.people;
    await run(world, admin.actor, "changeRole", member.membershipId, { role: "admin" });
    await expect(run(world, admin.actor, "changeRole", owner.membershipId, { role: "member" })).rejects.toMatchObject({
      code: "FORBIDDEN",
    });
    await expect(run(world, admin.actor, "remove", owner.membershipId)).rejects.toMatchObject({ code: "FORBIDDEN" });
    await run(world, admin.actor, "remove", member.membershipId);
    expect(await rolesOf(world)).toEqual({ [owner.id]: "owner", [admin.id]: "admin" });
  });

  test("cannot touch somebody who is an owner for a while", async () => {
    const world = await makeOrganization();
    const { admin, member } = world.people;
    await elevate(member.membershipId, "owner");
    await expect(run(world, admin.actor, "remove", member.membershipId)).rejects.toThrow(/Only owners/);
    await expect(run(world, admin.actor, "changeRole", member.membershipId, { role: "admin" })).rejects.toThrow(/Only owners/);
  });

  test("makes nobody owner, itself least of all", async () => {
    const world = await makeOrganization();
    const { admin, member } = world.people;
    for (const { membershipId } of [admin, member])
      await expect(run(world, admin.actor, "changeRole", membershipId, { role: "owner" })).rejects.toThrow(/can make nobody owner/);
    await expect(run(world, admin.actor, "elevate", admin.membershipId, { role: "owner", until: soon() })).rejects.toMatchObject({
      code: "FORBIDDEN",
    });
    await expect(run(world, admin.actor, "invite", world.id, { email: "x@invited.example", role: "owner" })).rejects.toThrow(
      /nobody owner/,
    );
  });
});

test("a member may do nothing to anybody but leave", async () => {
  const world = await makeOrganization();
  const { owner, admin, member } = world.people;
  const inputs = { changeRole: { role: "member" }, remove: {}, elevate: { role: "owner", until: soon() }, leave: {}, endElevation: {} };
  await elevate(admin.membershipId, "owner");
  for (const target of [owner, admin]) {
    for (const [name, input] of Object.entries(inputs))
      await expect(run(world, member.actor, name as Name, target.membershipId, input), name).rejects.toMatchObject({ code: "FORBIDDEN" });
  }
  for (const name of ["changeRole", "remove", "elevate"] as const)
    await expect(run(world, member.actor, name, member.membershipId, inputs[name])).rejects.toMatchObject({ code: "FORBIDDEN" });
  await expect(run(world, member.actor, "invite", world.id, { email: "x@invited.example", role: "member" })).rejects.toThrow();
  await run(world, member.actor, "leave", member.membershipId);
  expect(Object.keys(await rolesOf(world))).not.toContain(member.id);
});

test("memberships of another organization answer like absent ones", async () => {
  const [world, other] = [await makeOrganization(), await makeOrganization()];
  const inputs = { changeRole: { role: "admin" }, remove: {}, elevate: { role: "admin", until: soon() }, leave: {}, endElevation: {} };
  for (const [name, input] of Object.entries(inputs)) {
    for (const targetId of [other.people.member.membershipId, "mem_000000000000000000000000"]) {
      const refused = await run(world, world.people.owner.actor, name as Name, targetId, input).catch((error) => error);
      expect(refused, name).toMatchObject({ code: "NOT_FOUND", userMessage: "There is no such thing, or it is not within your reach." });
    }
  }
});

test("staff below operations neither remove nor promote nor lend roles", async () => {
  const world = await makeOrganization();
  const { member } = world.people;
  for (const role of ["viewer", "support", "billing"] as const) {
    const staff = await makeStaff(role);
    await expect(run(world, staff, "remove", member.membershipId)).rejects.toMatchObject({ code: "FORBIDDEN" });
    await expect(run(world, staff, "changeRole", member.membershipId, { role: "admin" })).rejects.toMatchObject({ code: "FORBIDDEN" });
    await expect(run(world, staff, "elevate", member.membershipId, { role: "admin", until: soon() })).rejects.toMatchObject({
      code: "FORBIDDEN",
    });
  }
});

test("operations make somebody else the owner", async () => {
  const world = await makeOrganization();
  const operations = await makeStaff("operations");
  await run(world, operations, "changeRole", world.people.member.membershipId, { role: "owner" });
  await run(world, operations, "remove", world.people.owner.membershipId);
  expect(await rolesOf(world)).toEqual({ [world.people.member.id]: "owner", [world.people.admin.id]: "admin" });
});

describe("a lent role", () => {
  test("counts from the next request on, and not a moment longer than its time, though nobody does anything", async () => {
    const world = await makeOrganization();
    const { member, owner } = world.people;
    await run(world, owner.actor, "elevate", member.membershipId, { role: "admin", until: soon() });
    expect((await asSignedIn(member)).memberships).toEqual([{ organizationId: world.id, role: "admin" }]);
    const asAdmin = await asSignedIn(member);
    await letTimePass("Membership", member.membershipId, ["elevatedUntil"], 1);
    expect((await asSignedIn(member)).memberships).toEqual([{ organizationId: world.id, role: "member" }]);
    // A request that began before the end finds at its end that the role is gone.
    await expect(run(world, asAdmin, "remove", world.people.admin.membershipId)).rejects.toThrow(/role has just changed/);
  });

  test("is taken back by its inverse, and by the person", async () => {
    const world = await makeOrganization();
    const { member, owner } = world.people;
    for (const actor of [owner.actor, null]) {
      const { eventId } = await run(world, owner.actor, "elevate", member.membershipId, { role: "admin", until: soon() });
      const inverse = getOperation("membership.elevate").inverse?.({ targetId: member.membershipId, changes: [] });
      expect([eventId.slice(0, 4), inverse]).toEqual(["evt_", { operation: "membership.endElevation" }]);
      await run(world, actor ?? (await asSignedIn(member)), "endElevation", member.membershipId);
      expect((await asSignedIn(member)).memberships).toEqual([{ organizationId: world.id, role: "member" }]);
    }
    await expect(run(world, owner.actor, "endElevation", member.membershipId)).rejects.toThrow(/no lent role/);
  });

  test("cannot be made lasting by whoever has it", async () => {
    const world = await makeOrganization();
    const { member, admin } = world.people;
    await elevate(member.membershipId, "owner");
    const lentOwner = await asSignedIn(member);
    expect(lentOwner.memberships).toEqual([{ organizationId: world.id, role: "owner" }]);
    await expect(run(world, lentOwner, "changeRole", member.membershipId, { role: "owner" })).rejects.toThrow(/lent to you/);
    await expect(run(world, lentOwner, "changeRole", admin.membershipId, { role: "owner" })).rejects.toThrow(/lent to you/);
    await expect(run(world, lentOwner, "elevate", member.membershipId, { role: "owner", until: soon() })).rejects.toThrow(/lent to you/);
    await expect(run(world, lentOwner, "invite", world.id, { email: "x@invited.example", role: "owner" })).rejects.toThrow(/lent to you/);
  });

  test("is higher than the present one, ends within 31 days, and ends with a new role", async () => {
    const world = await makeOrganization();
    const { admin, owner, member } = world.people;
    const lend = (membershipId: string, role: string, until: string) => run(world, owner.actor, "elevate", membershipId, { role, until });
    await expect(lend(admin.membershipId, "admin", soon())).rejects.toThrow(/admin already/);
    await expect(lend(owner.membershipId, "owner", soon())).rejects.toThrow(/no higher role/);
    await expect(lend(member.membershipId, "admin", "2020-01-01T00:00")).rejects.toThrow(/next 31 days/);
    await expect(lend(member.membershipId, "admin", "2099-01-01T00:00")).rejects.toThrow(/next 31 days/);
    await lend(member.membershipId, "admin", soon());
    await run(world, owner.actor, "changeRole", member.membershipId, { role: "owner" });
    expect((await asSignedIn(member)).memberships).toEqual([{ organizationId: world.id, role: "owner" }]);
  });
});

test("whoever is removed reaches nothing from the next request on", async () => {
  const world = await makeOrganization();
  const { admin, member } = world.people;
  await run(world, admin.actor, "remove", member.membershipId);
  expect((await asSignedIn(member)).memberships).toEqual([]);
});

test("nothing of it happens inside an impersonation, whether it may write or not", async () => {
  const world = await makeOrganization();
  const { owner, member } = world.people;
  const actor = await makeStaff("admin");
  const inputs = {
    invite: { email: "x@invited.example", role: "member" },
    changeRole: { role: "owner" },
    elevate: { role: "owner", until: soon() },
    remove: {},
  };
  for (const mode of ["readOnly", "write"] as const) {
    const seat = impersonating({ id: "imp_x", world, person: owner.actor });
    const { ability, ...context } = contextOf(actor, { ...seat, impersonation: seat.impersonation && { ...seat.impersonation, mode } });
    for (const [name, input] of Object.entries(inputs)) {
      const targetId = name === "invite" ? world.id : member.membershipId;
      const envelope = { targetId, input, reason: "Tried it", confirmation: member.email };
      const request = { operation: getOperation(`membership.${name}`), context: { ...context, actor }, ability, envelope };
      await expect(runOperation(request), name).rejects.toMatchObject({ code: "IMPERSONATION_REFUSED" });
    }
  }
});
