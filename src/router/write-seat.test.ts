import { beforeEach, describe, expect, test } from "vitest";
import { expandRoles } from "#domain/roles.ts";
import type { StaffRole } from "#generated/prisma/enums.ts";
import { allOperations, getOperation, grants } from "#router/registry.ts";
import { defineAbilityFor } from "#server/ability.ts";
import type { StaffActor } from "#server/actor.ts";
import { reader } from "#server/db.ts";
import { findImpersonation } from "#server/impersonation-session.ts";
import { asRole } from "#testing/database.ts";
import { findEvents, makeOrganization, makeStaff, unique } from "#testing/fixtures.ts";
import { type Asked, contextInSeat, runFromSeat, type Seat } from "#testing/run-from-seat.ts";
import { beginImpersonation } from "#testing/scenarios/impersonations.ts";
import type { OperationName, World } from "#testing/scenarios/scenario.ts";
import { envelopeOf, phraseOf, prepare, scenarios } from "#testing/scenarios.ts";

let starter: StaffActor;
let world: World;
let id: string;
const find = () => reader().impersonation.findUniqueOrThrow({ where: { id } });
const rename = () => ({ targetId: world.id, input: { name: `Renamed ${unique()}` } });

beforeEach(async () => {
  [starter, world] = [await makeStaff("support"), await makeOrganization()];
  ({ id } = await beginImpersonation({ starter, world, userId: world.people.owner.id }));
});

describe("writing", () => {
  beforeEach(() => setMode("write"));

  test("runs what is declared for it, under both names, with the reason for stepping up", async () => {
    expect(await run("organization.rename", rename(), "write")).toBe("ran");
    expect(await run("monitor.update", await monitorChange(), "write")).toBe("ran");
    const events = await findEvents({ impersonationId: id });
    expect(events).toHaveLength(2);
    for (const event of events) {
      expect(event).toMatchObject({
        outcome: "succeeded",
        actorType: "staff",
        actorId: starter.id,
        onBehalfOfId: world.people.owner.id,
        onBehalfOfLabel: world.people.owner.name,
        organizationId: world.id,
        reason: "test",
        ticket: "T-1",
      });
    }
    const { rows } = await asRole("superuser", (client) =>
      client.query(`SELECT count(*)::int AS n FROM "AuditChange" WHERE "eventId" = ANY($1)`, [events.map((event) => event.id)]),
    );
    expect(rows[0].n).toBeGreaterThanOrEqual(2);
  });

  test("every operation that is not declared is refused all the same, and recorded under both names", async () => {
    for (const operation of allOperations.filter(({ whileImpersonating }) => !whileImpersonating)) {
      const prepared = await prepare(operation.name as OperationName);
      const envelope = { ...envelopeOf({ ...prepared, actor: starter }), confirmation: await phraseOf(prepared) };
      expect(await run(operation.name as OperationName, envelope, "write"), operation.name).toBe("IMPERSONATION_REFUSED");
      const denied = await findEvents({ operation: operation.name, impersonationId: id });
      expect(denied, operation.name).toMatchObject([{ outcome: "denied", actorId: starter.id, onBehalfOfId: world.people.owner.id }]);
    }
  }, 300_000);

  test("does no more than the customer may: a member's seat renames nothing", async () => {
    const { member } = world.people;
    ({ id } = await beginImpersonation({ starter: await makeStaff("support"), world, userId: member.id, mode: "write" }));
    expect(await run("organization.rename", rename(), "write", { person: "member" })).toBe("FORBIDDEN");
    expect(await run("monitor.update", await monitorChange(), "write", { person: "member" })).toBe("ran");
  });

  test.each<[StaffRole[], boolean]>([
    [["support"], false],
    [["billing"], false],
    [["operations"], true],
  ])("does no more than the staff member may: as %s, what only operations do themselves is possible: %s", (roles, allowed) => {
    const grant = { ...getOperation("organization.rename"), allow: { operations: true as const } };
    const context = { ...contextInSeat({ id, starter, world, mode: "write" }), actor: { ...starter, roles: expandRoles(roles) } };
    expect(defineAbilityFor(context, [...grants.filter(({ name }) => name !== grant.name), grant]).can(grant.name, "Organization")).toBe(
      allowed,
    );
  });

  test("reaches no other organization: its ids answer like those that do not exist", async () => {
    const other = await makeOrganization();
    const answers = [other.id, world.id.replace(/.{6}$/, "000000")].map((targetId) =>
      run("organization.rename", { ...rename(), targetId }, "write"),
    );
    expect(await Promise.all(answers)).toEqual(["NOT_FOUND", "NOT_FOUND"]);
    const monitors = [other.monitor.id, "mon_absent"].map(async (targetId) =>
      run("monitor.update", { ...(await monitorChange()), targetId }, "write"),
    );
    expect(await Promise.all(monitors)).toEqual(["NOT_FOUND", "NOT_FOUND"]);
  });

  test.each([
    ["ended", `UPDATE "Impersonation" SET "endedAt" = now() WHERE "id" = $1`, "IMPERSONATION_REFUSED"],
    ["stepped down", `UPDATE "Impersonation" SET "mode" = 'readOnly' WHERE "id" = $1`, "IMPERSONATION_REFUSED"],
    [
      "expired",
      `UPDATE "Impersonation" SET "startedAt" = now() - interval '30 minutes', "expiresAt" = now() WHERE "id" = $1`,
      "IMPERSONATION_REFUSED",
    ],
    [
      "signed out of",
      `UPDATE "StaffSession" s SET "endedAt" = now() FROM "Impersonation" i WHERE i."id" = $1 AND s."id" = i."staffSessionId"`,
      "UNAUTHENTICATED",
    ],
    [
      "of a person whose role has changed",
      `UPDATE "Membership" p SET "role" = 'member' FROM "Impersonation" i WHERE i."id" = $1 AND p."userId" = i."userId" AND p."organizationId" = i."organizationId"`,
      "IMPERSONATION_REFUSED",
    ],
  ])("by a request that waited while it was %s changes nothing", async (_, sql, code) => {
    await asRole("superuser", (client) => client.query(sql, [id]));
    expect(await run("organization.rename", rename(), "write")).toBe(code);
    const { name } = await reader().organization.findUniqueOrThrow({ where: { id: world.id }, select: { name: true } });
    expect(name).toBe(world.name);
  });

  test("is over after stepping down from the seat, which the seat itself may", async () => {
    expect(await run("impersonation.stepDown", { targetId: id, input: {} }, "write")).toBe("ran");
    expect(await find()).toMatchObject({ mode: "readOnly" });
    expect((await findImpersonation(id))?.impersonation.mode).toBe("readOnly");
  });
});

test("nothing that touches passwords, addresses, factors, payment, keys, exports, deleting, inviting or promoting is declared", () => {
  const declared = allOperations
    .filter(({ whileImpersonating }) => whileImpersonating)
    .map(({ name, whileImpersonating }) => [name, whileImpersonating]);
  expect(Object.fromEntries(declared)).toEqual({
    "impersonation.end": "always",
    "impersonation.stepDown": "always",
    "monitor.create": "whenWriting",
    "monitor.pause": "whenWriting",
    "monitor.resume": "whenWriting",
    "monitor.update": "whenWriting",
    "organization.rename": "whenWriting",
  });
});

test("every event of an impersonation carries both names", async () => {
  const halves = await findEvents({ impersonationId: { not: null }, OR: [{ onBehalfOfId: null }, { actorType: { not: "staff" } }] });
  expect(halves).toEqual([]);
  const unnamed = await findEvents({ onBehalfOfId: { not: null }, impersonationId: null });
  expect(unnamed).toEqual([]);
});

/** "ran", or the code of the refusal. */
function run(name: OperationName, asked: Asked, mode: Seat["mode"], { person }: Pick<Seat, "person"> = {}): Promise<string> {
  return runFromSeat({ id, starter, world, mode, ...(person && { person }) }, name, asked);
}

async function monitorChange(): Promise<Asked> {
  return { targetId: world.monitor.id, input: (await scenarios["monitor.update"].input?.(world)) ?? {} };
}

async function setMode(mode: "readOnly" | "write"): Promise<void> {
  await asRole("superuser", (client) =>
    client.query(`UPDATE "Impersonation" SET "mode" = $2::"ImpersonationMode" WHERE "id" = $1`, [id, mode]),
  );
}
