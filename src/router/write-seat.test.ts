import { beforeEach, describe, expect, test } from "vitest";
import { expandRoles } from "#domain/roles.ts";
import type { StaffRole } from "#generated/prisma/enums.ts";
import { allOperations, getOperation, grants } from "#router/registry.ts";
import { defineAbilityFor } from "#server/ability.ts";
import type { SignedInContext, StaffActor } from "#server/actor.ts";
import { reader } from "#server/db.ts";
import { findImpersonation } from "#server/impersonation-session.ts";
import { runOperation } from "#server/run-operation.ts";
import { asRole } from "#testing/database.ts";
import { contextOf, emptyContext, findEvents, impersonating, makeOrganization, makeStaff, unique } from "#testing/fixtures.ts";
import { beginImpersonation } from "#testing/scenarios/impersonations.ts";
import type { OperationName, World } from "#testing/scenarios/scenario.ts";
import { envelopeOf, phraseOf, prepare, runAsPeopleDo, scenarios } from "#testing/scenarios.ts";

let starter: StaffActor;
let world: World;
let id: string;
const find = () => reader().impersonation.findUniqueOrThrow({ where: { id } });
const rename = () => ({ targetId: world.id, input: { name: `Renamed ${unique()}` } });

beforeEach(async () => {
  [starter, world] = [await makeStaff("support"), await makeOrganization()];
  ({ id } = await beginImpersonation({ starter, world, userId: world.people.owner.id }));
});

describe("stepping up", () => {
  const stepUp = (actor: StaffActor) =>
    runAsPeopleDo({ operation: getOperation("impersonation.stepUp"), actor, targetId: id, input: {}, world });

  test("needs a reason of its own, is an event of its own, marks for review and gives no more time", async () => {
    const before = await find();
    const { eventId } = await stepUp(starter);
    const after = await find();
    expect(after).toMatchObject({ mode: "write", writeReason: "A test of it", needsReview: true, reason: before.reason });
    expect(after.steppedUpAt).toBeInstanceOf(Date);
    expect([after.startedAt, after.expiresAt]).toEqual([before.startedAt, before.expiresAt]);
    expect(await findEvents({ id: eventId })).toMatchObject([
      { operation: "impersonation.stepUp", reason: "A test of it", actorId: starter.id },
    ]);
    expect((await findImpersonation(id))?.impersonation).toMatchObject({ mode: "write", reason: "A test of it" });
    await expect(stepUp(starter)).rejects.toMatchObject({ code: "CONFLICT" });
  });

  test("is only for who began it, in that session", async () => {
    await expect(stepUp(await makeStaff("admin"))).rejects.toMatchObject({ code: "FORBIDDEN" });
    const elsewhere = await makeStaff("support");
    await expect(stepUp({ ...starter, sessionId: elsewhere.sessionId })).rejects.toMatchObject({ code: "FORBIDDEN" });
    expect(await find()).toMatchObject({ mode: "readOnly", writeReason: null });
  });

  test.each([
    ["ended", `UPDATE "Impersonation" SET "endedAt" = now() WHERE "id" = $1`, "CONFLICT"],
    ["expired", `UPDATE "Impersonation" SET "startedAt" = now() - interval '30 minutes', "expiresAt" = now() WHERE "id" = $1`, "CONFLICT"],
    [
      "not freshly signed in for",
      `UPDATE "StaffSession" s SET "authenticatedAt" = now() - interval '6 minutes' FROM "Impersonation" i WHERE i."id" = $1 AND s."id" = i."staffSessionId"`,
      "FRESH_SIGN_IN_REQUIRED",
    ],
  ])("is refused where it is %s", async (_, sql, code) => {
    await asRole("superuser", (client) => client.query(sql, [id]));
    await expect(stepUp(starter)).rejects.toMatchObject({ code });
    expect((await find()).mode).toBe("readOnly");
  });

  test("beside an end at the same moment leaves it ended", async () => {
    const end = runOperation({ ...(await asStaff("impersonation.end")), envelope: { targetId: id, input: {}, reason: "Enough" } });
    const [ended] = await Promise.allSettled([end, stepUp(starter)]);
    expect(ended.status).toBe("fulfilled");
    expect(await findImpersonation(id)).toBeNull();
    expect(await run("organization.rename", rename(), "write")).toBe("IMPERSONATION_REFUSED");
  });
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
    const context = { ...contextIn("write"), actor: { ...starter, roles: expandRoles(roles) } };
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

describe("the kill switch", () => {
  test.each<[OperationName, "everybody" | "one"]>([
    ["impersonation.endAll", "everybody"],
    ["impersonation.endAllOf", "one"],
  ])("%s counts at the next request", async (name, whose) => {
    const other = await beginImpersonation({ starter: await makeStaff("support"), world, userId: world.people.member.id });
    const targetId = whose === "one" ? starter.id : "system";
    const operation = getOperation(name);
    await expect(runAsPeopleDo({ operation, actor: starter, targetId, input: {}, world })).rejects.toMatchObject({ code: "FORBIDDEN" });
    expect(await findImpersonation(id)).not.toBeNull();
    const { eventId } = await runAsPeopleDo({ operation, actor: await makeStaff("operations"), targetId, input: {}, world });
    expect(await findImpersonation(id)).toBeNull();
    expect((await findImpersonation(other.id)) === null).toBe(whose === "everybody");
    expect(await findEvents({ id: eventId })).toMatchObject([{ operation: name, outcome: "succeeded" }]);
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

function contextIn(mode: "readOnly" | "write", person: "owner" | "member" = "owner"): SignedInContext {
  return { ...emptyContext(), actor: starter, ...impersonating({ id, world, person: world.people[person].actor, mode }) };
}

type Asked = { targetId: string; input: unknown; confirmation?: string };

/** "ran", or the code of the refusal. */
async function run(
  name: OperationName,
  asked: Asked,
  mode: "readOnly" | "write",
  { person }: { person?: "owner" | "member" } = {},
): Promise<string> {
  const context = contextIn(mode, person);
  const { staffMemberId, staffSessionId } = await find();
  const actor: StaffActor = { ...starter, id: staffMemberId, sessionId: staffSessionId };
  const { ability, ...rest } = contextOf(actor, context);
  const request = { operation: getOperation(name), context: { ...rest, actor }, ability, envelope: asked };
  return runOperation(request).then(
    () => "ran",
    ({ code }: { code: string }) => code,
  );
}

async function asStaff(name: OperationName) {
  const { ability, ...context } = contextOf(starter);
  return { operation: getOperation(name), context: { ...context, actor: starter }, ability };
}

async function monitorChange(): Promise<Asked> {
  return { targetId: world.monitor.id, input: (await scenarios["monitor.update"].input?.(world)) ?? {} };
}

async function setMode(mode: "readOnly" | "write"): Promise<void> {
  await asRole("superuser", (client) =>
    client.query(`UPDATE "Impersonation" SET "mode" = $2::"ImpersonationMode" WHERE "id" = $1`, [id, mode]),
  );
}
