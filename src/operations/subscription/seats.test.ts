import { beforeAll, describe, expect, test } from "vitest";
import { describeOverage } from "#domain/seats.ts";
import { getOperation } from "#router/registry.ts";
import { writer } from "#server/db.ts";
import { previewOperation } from "#server/run-operation.ts";
import { findSeats } from "#server/seats.ts";
import { arrange, makeOrganization, makeStaff } from "#testing/fixtures.ts";
import { elevate, letTimePass, makeInvitation } from "#testing/scenarios/people.ts";
import type { World } from "#testing/scenarios/scenario.ts";
import { requestOf, runAsPeopleDo } from "#testing/scenarios.ts";

const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

async function prepared(
  world: World,
  name: string,
  input: Record<string, unknown> = {},
  role: "support" | "billing" | "operations" = "billing",
) {
  return { operation: getOperation(`subscription.${name}`), actor: await makeStaff(role), targetId: world.id, input, world };
}

async function approvalReasons(...asked: Parameters<typeof prepared>): Promise<string[]> {
  return (await previewOperation(requestOf(await prepared(...asked)))).approvalReasons;
}

/** A plan of these tests alone: those of the fixtures have room for five. */
beforeAll(async () => {
  const plan = { id: "wide", name: "Wide", monitors: 5, seats: 80, pingsPerMinute: 10, historyDays: 30, trialDays: 14 };
  await arrange((db) => db.plan.createMany({ data: [plan], skipDuplicates: true }));
});

async function run(...asked: Parameters<typeof prepared>) {
  return runAsPeopleDo(await prepared(...asked));
}

test("licensed seats are not fewer than are used, and the refusal says how many that is", async () => {
  const world = await makeOrganization();
  await makeInvitation(world, { email: "somebody@invited.example" });
  await expect(run(world, "setSeats", { seats: 3 })).rejects.toThrow("3 members and 1 open invitation take 4 seats");
  await run(world, "setSeats", { seats: 4 });
  await expect(run(world, "setSeats", { seats: 4 })).rejects.toThrow(/already/);
  await expect(run(world, "setSeats", { seats: 60 }, "support")).rejects.toMatchObject({ code: "FORBIDDEN" });
});

test("more seats than the plan has, or many at once, take a second person", async () => {
  const world = await makeOrganization();
  await arrange((db) =>
    db.subscription.update({ where: { organizationId: world.id }, data: { planId: "wide", seats: 6 }, select: { id: true } }),
  );
  const reasons = (seats: number, role: "billing" | "operations") => approvalReasons(world, "setSeats", { seats }, role);
  expect(await reasons(80, "operations")).toEqual([]);
  expect(await reasons(81, "operations")).toEqual(["The Wide plan has 80 seats."]);
  expect(await reasons(56, "billing")).toEqual([]);
  expect(await reasons(57, "billing")).toEqual([expect.stringContaining("at most 50 seats at once")]);
  await run(world, "setSeats", { seats: 90 });
  expect(await reasons(85, "billing"), "fewer than before, even if still more than the plan has").toEqual([]);
});

test.each([
  ["setSeats", { seats: 7 }],
  ["expandSeats", { seats: 2, lastDay: inDays(3) }],
  ["licenseUsedSeats", {}],
  ["applyDiscount", { code: "WELCOME10" }],
  ["changePlan", { plan: "business" }],
])("%s changes nothing of what has ended", async (name, input) => {
  const world = await makeOrganization();
  const data = { status: "canceled", canceledAt: new Date() } as const;
  await arrange((db) => db.subscription.update({ where: { organizationId: world.id }, data, select: { id: true } }));
  await expect(run(world, name, input)).rejects.toThrow("has ended. Reactivate it first.");
  await arrange((db) =>
    db.subscription.update({ where: { organizationId: world.id }, data: { status: "active", seats: 2 }, select: { id: true } }),
  );
  await run(world, name, input);
});

describe("lent seats", () => {
  test("count until their day is over, and then nobody is thrown out but nobody comes in", async () => {
    const world = await makeOrganization();
    await arrange((db) => db.subscription.update({ where: { organizationId: world.id }, data: { seats: 2 }, select: { id: true } }));
    await run(world, "expandSeats", { seats: 2, lastDay: inDays(3) }, "support");
    expect(await findSeats(writer(), world.id)).toMatchObject({ licensed: 2, lent: 2, members: 3 });
    const { id } = await writer().seatExpansion.findFirstOrThrow({ where: { organizationId: world.id }, select: { id: true } });
    await letTimePass("SeatExpansion", id, ["endsAt"], 5);
    const seats = await findSeats(writer(), world.id);
    expect(seats).toMatchObject({ licensed: 2, lent: 0, lentUntil: null, members: 3 });
    expect(describeOverage(world.name, seats)).toContain("uses 1 seat more than it has. Everybody keeps their access");
  });

  test("are lent once at a time, and taken back by the inverse", async () => {
    const world = await makeOrganization();
    await expect(run(world, "endSeatExpansion")).rejects.toThrow(/no lent seats/);
    await run(world, "expandSeats", { seats: 2, lastDay: inDays(3) });
    await expect(run(world, "expandSeats", { seats: 2, lastDay: inDays(3) })).rejects.toThrow(/End those first/);
    await run(world, "endSeatExpansion");
    expect(await findSeats(writer(), world.id)).toMatchObject({ lent: 0 });
  });

  test("are few and short for support, and never end in the past", async () => {
    const world = await makeOrganization();
    const reasons = (seats: number, days: number, role: "support" | "billing") =>
      approvalReasons(world, "expandSeats", { seats, lastDay: inDays(days) }, role);
    expect(await reasons(5, 14, "support")).toEqual([]);
    expect(await reasons(6, 3, "support")).toEqual([expect.stringContaining("at most 5 seats")]);
    expect(await reasons(5, 20, "support")).toEqual([expect.stringContaining("for at most 14 days")]);
    expect(await reasons(5, 200, "billing")).toEqual([expect.stringContaining("for at most 92 days")]);
    await expect(run(world, "expandSeats", { seats: 5, lastDay: inDays(-1) })).rejects.toThrow(/not over/);
  });
});

describe("reclaiming seats", () => {
  test("lists exactly who and what, spares owners and whoever was seen, and removes no more", async () => {
    const world = await makeOrganization();
    const { owner, admin, member } = world.people;
    for (const { membershipId } of [owner, admin, member]) await letTimePass("Membership", membershipId, ["createdAt"], 90);
    await arrange((db) => db.user.update({ where: { id: admin.id }, data: { lastSeenAt: new Date() }, select: { id: true } }));
    const expired = await makeInvitation(world, { email: "old@invited.example", sentDaysAgo: 9 });
    const open = await makeInvitation(world, { email: "new@invited.example" });
    const preview = await previewOperation(requestOf(await prepared(world, "reclaimSeats", { days: 60 }, "operations")));
    expect(preview.changes.map(({ rowId }) => rowId).sort()).toEqual([expired, member.membershipId].sort());
    expect(preview.effects.join("\n")).toContain(member.name);
    await run(world, "reclaimSeats", { days: 60 }, "operations");
    expect(await findSeats(writer(), world.id)).toMatchObject({ members: 2, invited: 1 });
    expect(await writer().invitation.findUnique({ where: { id: open } })).toMatchObject({ revokedAt: null });
    await expect(run(world, "reclaimSeats", { days: 60 }, "operations")).rejects.toThrow(/was seen/);
  });

  test("spares who is an owner for a while, and who came lately; billing may not", async () => {
    const world = await makeOrganization();
    const { admin, member } = world.people;
    await letTimePass("Membership", member.membershipId, ["createdAt"], 90);
    await elevate(member.membershipId, "owner");
    await arrange((db) => db.user.update({ where: { id: admin.id }, data: { lastSeenAt: new Date("2020-01-01") }, select: { id: true } }));
    await expect(run(world, "reclaimSeats", { days: 60 }, "operations")).rejects.toThrow(/was seen/);
    await expect(run(world, "reclaimSeats", { days: 60 }, "billing")).rejects.toMatchObject({ code: "FORBIDDEN" });
  });
});
