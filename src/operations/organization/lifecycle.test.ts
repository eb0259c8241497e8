import { describe, expect, test } from "vitest";
import type { FlagName } from "#domain/flags.ts";
import { findInverse } from "#router/find-inverse.ts";
import type { Change } from "#server/audit/changes.ts";
import { reader, writer } from "#server/db.ts";
import { hasFlag } from "#server/flags.ts";
import { findLimits } from "#server/limits.ts";
import { pruneHistory } from "#server/monitors/prune-history.ts";
import { previewOperation } from "#server/run-operation.ts";
import { asRole } from "#testing/database.ts";
import { arrange, makeOrganization, makeStaff } from "#testing/fixtures.ts";
import type { OperationName } from "#testing/scenarios/scenario.ts";
import { prepare, requestOf, runAsPeopleDo } from "#testing/scenarios.ts";

const select = { id: true } as const;
const soon = { timeout: 3_000, interval: 50 };

async function run(name: OperationName, targetId: string, input: Record<string, unknown> = {}) {
  return runAsPeopleDo({ ...(await prepare(name)), targetId, input, actor: await makeStaff("engineering") });
}

/** Where "Take back" leads after this run. */
async function inverseOf(eventId: string): Promise<URL> {
  const event = await writer().auditEvent.findFirstOrThrow({ where: { id: eventId } });
  const changes = (await writer().auditChange.findMany({ where: { eventId } })) as unknown as Change[];
  return new URL(findInverse(event, changes)?.path ?? "", "http://localhost");
}

describe("a flag", () => {
  const flag = "compactMonitorList" satisfies FlagName;

  test("counts within two seconds for its organization alone, until it ends", async () => {
    const [world, other] = [await makeOrganization(), await makeOrganization()];
    expect(await hasFlag(world.id, flag)).toBe(false);
    await run("organization.setFlag", world.id, { flag, enabled: true, lastDay: "2099-12-31" });
    await expect.poll(() => hasFlag(world.id, flag), soon).toBe(true);
    expect(await hasFlag(other.id, flag)).toBe(false);
    const end = `UPDATE "OrganizationFlag" SET "expiresAt" = now() WHERE "organizationId" = $1`;
    await asRole("superuser", (client) => client.query(end, [world.id]));
    await expect.poll(() => hasFlag(world.id, flag), soon).toBe(false);
  });

  test("that was changed is taken back to what it was, and one that was cleared too", async () => {
    const { id } = await makeOrganization();
    const set = await run("organization.setFlag", id, { flag, enabled: true, lastDay: "2099-12-31" });
    expect((await inverseOf(set.eventId)).href).toMatch(
      /organization\.clearFlag\?targetId=.*&undoOf=evt_.*&input\.flag=compactMonitorList$/,
    );
    const changed = await run("organization.setFlag", id, { flag, enabled: false });
    const cleared = await run("organization.clearFlag", id, { flag });
    const fields = async (eventId: string) => Object.fromEntries((await inverseOf(eventId)).searchParams);
    const before = {
      targetId: id,
      undoOf: expect.stringMatching(/^evt_/),
      "input.flag": flag,
      "input.enabled": "true",
      "input.lastDay": "2099-12-31",
    };
    expect(await fields(changed.eventId)).toEqual(before);
    expect(await fields(cleared.eventId)).toEqual({ ...before, "input.enabled": "false", "input.lastDay": "" });
  });

  test.each([
    [{ flag: "timeTravel", enabled: true }, "INVALID_INPUT", { "input.flag": "There is no such flag." }],
    [{ flag, enabled: true, lastDay: "tomorrow" }, "INVALID_INPUT", { "input.lastDay": "Write a day as 2027-01-31." }],
    [{ flag, enabled: true, lastDay: "2020-01-01" }, "CONFLICT", { "input.lastDay": "That day is over." }],
  ])("%j is refused in words", async (input, code, fields) => {
    const { id } = await makeOrganization();
    await expect(run("organization.setFlag", id, input)).rejects.toMatchObject({ code, details: { fields } });
  });

  test("nobody has is not cleared", async () => {
    const { id } = await makeOrganization();
    await expect(run("organization.clearFlag", id, { flag })).rejects.toMatchObject({ code: "CONFLICT" });
  });
});

test("limits of one's own count at once, and the plan's again when they are taken away", async () => {
  const { id } = await makeOrganization();
  const before = await findLimits(reader(), id);
  await run("organization.overrideLimits", id, { monitors: 70, apiPerMinute: 5 });
  expect(await findLimits(reader(), id)).toEqual({ ...before, monitors: 70, apiPerMinute: 5 });
  const { eventId } = await run("organization.overrideLimits", id, { monitors: 71, apiPerMinute: 5 });
  expect((await inverseOf(eventId)).searchParams.get("input.monitors")).toBe("70");
  await run("organization.clearLimitOverride", id);
  expect(await findLimits(reader(), id)).toEqual(before);
});

test("a plan's limits count at once for who has none of their own", async () => {
  const { id } = await makeOrganization();
  const plan = await prepare("plan.changeLimits");
  await arrange((db) => db.subscription.update({ where: { organizationId: id }, data: { planId: plan.targetId }, select }));
  await runAsPeopleDo(plan);
  expect(await findLimits(reader(), id)).toMatchObject({ monitors: 7 });
});

test.each([
  ["organization.overrideLimits", {}, "Enter at least one limit."],
  ["organization.purgeHistory", { olderThanDays: -1 }, "At least 0: all until today."],
  ["organization.setRetention", { days: 0 }, "At least 1 day."],
  ["organization.setRetention", {}, "They are kept that long already."],
] as const)("%s with %j: %s", async (name, input, sentence) => {
  const { id } = await makeOrganization();
  await expect(run(name, id, input)).rejects.toSatisfy((error) => JSON.stringify(error).includes(sentence));
});

test("what is purged is counted before, and gone afterwards; the rest stays", async () => {
  const world = await makeOrganization();
  const insert = `INSERT INTO "Ping" ("monitorId", "at") SELECT $1, now() - make_interval(days => d) FROM generate_series(0, 9) d`;
  await asRole("app", (client) => client.query(insert, [world.monitor.id]));
  const prepared = { ...(await prepare("organization.purgeHistory")), targetId: world.id, input: { olderThanDays: 4 } };
  const { consequences } = await previewOperation(requestOf(prepared));
  expect(consequences[0]).toBe("5 pings are deleted for good. The worker does it in steps, from now on.");
  await runAsPeopleDo(prepared);
  await pruneHistory({ after: "", monitors: 1_000, rows: 1_000 });
  expect(await writer().ping.count({ where: { monitorId: world.monitor.id } })).toBe(5);
  await expect(runAsPeopleDo(prepared)).rejects.toThrow(/was purged already/);
});

test("a deletion is not called off once its day has come", async () => {
  const world = await makeOrganization();
  await arrange((db) => db.scheduledDeletion.create({ data: { organizationId: world.id, reason: "t", dueAt: new Date() }, select }));
  await expect(run("organization.restore", world.id)).rejects.toMatchObject({ code: "CONFLICT", userMessage: /being deleted/ });
  expect(await writer().scheduledDeletion.count({ where: { organizationId: world.id } })).toBe(1);
});

test("suspended and deactivated, it opens only when both have ended; the owners are told of what changed for them", async () => {
  const world = await makeOrganization();
  const effects = async (name: OperationName) =>
    (await previewOperation(requestOf({ ...(await prepare(name)), targetId: world.id }))).effects;
  const { name } = world.people.owner;
  expect(await effects("organization.suspend")).toEqual([`E-mail “${world.name} was suspended” to ${name}`]);
  await run("organization.suspend", world.id);
  await run("organization.deactivate", world.id);
  expect(await effects("organization.unsuspend")).toEqual([]);
  await run("organization.unsuspend", world.id);
  expect(await effects("organization.reactivate")).toEqual([`E-mail “${world.name} was reactivated” to ${name}`]);
});

describe("a new organization's owner", () => {
  const create = async (ownerEmail: string) => {
    const prepared = await prepare("organization.create");
    const { eventId } = await runAsPeopleDo({ ...prepared, input: { ...prepared.input, ownerEmail } });
    const sql = `SELECT data->'payload'->'data' AS data FROM pgboss.job WHERE name = 'mail' AND data->'origin'->>'eventId' = $1`;
    const { rows } = await asRole("superuser", (client) => client.query<{ data: { tokenId: string | null } }>(sql, [eventId]));
    return rows[0]?.data;
  };

  test("gets a link to choose a password", async () => {
    const { member } = (await makeOrganization()).people;
    const mail = await create(member.email);
    expect(await writer().accountToken.findFirst({ where: { id: mail?.tokenId ?? "" } })).toMatchObject({
      userId: member.id,
      purpose: "resetPassword",
    });
  });

  test("who has a password gets none", async () => {
    const { owner } = (await makeOrganization()).people;
    await arrange((db) => db.user.update({ where: { id: owner.id }, data: { passwordHash: "x" }, select }));
    expect(await create(owner.email)).toMatchObject({ tokenId: null });
  });
});
