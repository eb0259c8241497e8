import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { asRole } from "#testing/database.ts";
import { startFaultyProxy } from "#testing/faulty-proxy.ts";
import { arrange, makeOrganization } from "#testing/fixtures.ts";
import { reader } from "./db.ts";
import { takePing } from "./ping.ts";

let proxy: Awaited<ReturnType<typeof startFaultyProxy>>;

// The writer goes through something that counts its statements.
beforeAll(async () => {
  const url = new URL(process.env.DATABASE_URL ?? "");
  proxy = await startFaultyProxy(url.href);
  url.port = String(proxy.port);
  process.env.DATABASE_URL = url.href;
});
afterAll(() => proxy.stop());

function pingsOf(monitorId: string) {
  return reader().monitor.findUniqueOrThrow({
    where: { id: monitorId },
    select: { lastPingAt: true, lastPingKind: true, lastStartedAt: true, _count: { select: { pings: true } } },
  });
}

async function setMonitor(id: string, assignments: string): Promise<void> {
  await asRole("owner", (client) => client.query(`UPDATE "Monitor" SET ${assignments} WHERE "id" = '${id}'`));
}

async function isDue(id: string): Promise<boolean> {
  const { nextCheckAt } = await reader().monitor.findUniqueOrThrow({ where: { id }, select: { nextCheckAt: true } });
  return nextCheckAt !== null && nextCheckAt.getTime() < Date.now() + 1_000;
}

test("a ping is counted and remembered as the latest, without an audit event, in one statement", async () => {
  const { monitor } = await makeOrganization();
  const changes = () => reader().auditChange.count({ where: { rowId: monitor.id } });
  const before = await changes();
  expect(await takePing(monitor.pingKey)).toEqual({ answer: "taken" });
  proxy.arm(null);
  expect(await takePing(monitor.pingKey)).toEqual({ answer: "taken" });
  expect(proxy.statements()).toBe(1);
  expect(await pingsOf(monitor.id)).toMatchObject({ lastPingAt: expect.any(Date), lastPingKind: "success", _count: { pings: 2 } });
  expect(await changes()).toBe(before);
});

test("a start does not count as the end of a run, a failure does", async () => {
  const { monitor } = await makeOrganization();
  await takePing(monitor.pingKey, "start");
  expect(await pingsOf(monitor.id)).toMatchObject({ lastPingAt: null, lastPingKind: null, lastStartedAt: expect.any(Date) });
  await takePing(monitor.pingKey, "fail");
  expect(await pingsOf(monitor.id)).toMatchObject({ lastPingAt: expect.any(Date), lastPingKind: "fail", _count: { pings: 2 } });
});

test("many at the same moment are noted once each, whatever becomes of the others", async () => {
  const worlds = await Promise.all(Array.from({ length: 6 }, () => makeOrganization()));
  const [paused, shut] = [worlds[4], worlds[5]];
  if (!paused || !shut) throw new Error("Six worlds were expected.");
  await setMonitor(paused.monitor.id, `"pausedAt" = now()`);
  await arrange((db) => db.suspension.create({ data: { organizationId: shut.id, reason: "test", ticket: "T-1" }, select: { id: true } }));
  const keys = [...worlds.map(({ monitor }) => monitor.pingKey), "0".repeat(64)];
  const answers = await Promise.all([...keys, ...keys].map((key) => takePing(key, "fail")));
  const each = ["taken", "taken", "taken", "taken", "paused", "suspended", "unknown"].map((answer) => ({ answer }));
  expect(answers).toEqual([...each, ...each]);
  for (const { id, monitor } of worlds) expect(await pingsOf(monitor.id)).toMatchObject({ _count: { pings: id === shut.id ? 0 : 2 } });
});

test("a ping waits for whoever is changing its monitor, and no other ping does", async () => {
  const [busy, free] = [await makeOrganization(), await makeOrganization()];
  await asRole("owner", async (client) => {
    await client.query("BEGIN");
    await client.query(`SELECT 1 FROM "Monitor" WHERE "id" = $1 FOR UPDATE`, [busy.monitor.id]);
    let answered = false;
    const waiting = takePing(busy.monitor.pingKey).then((found) => {
      answered = true;
      return found;
    });
    const others = await Promise.all(Array.from({ length: 3 }, () => takePing(free.monitor.pingKey)));
    expect(others).toEqual(Array(3).fill({ answer: "taken" }));
    expect(answered).toBe(false);
    await client.query("COMMIT");
    expect(await waiting).toEqual({ answer: "taken" });
  });
});

describe("the worker is to look at once", () => {
  test.each([
    ["up", "success", false],
    ["up", "start", true],
    ["up", "fail", true],
    ["late", "success", true],
    ["down", "success", true],
    ["waiting", "success", true],
  ] as const)("where it is %s and hears of a %s: %s", async (state, kind, due) => {
    const { monitor } = await makeOrganization();
    await setMonitor(monitor.id, `"state" = '${state}', "nextCheckAt" = now() + interval '1 hour'`);
    await takePing(monitor.pingKey, kind);
    expect(await isDue(monitor.id)).toBe(due);
  });

  test("but not at one that is paused, although its ping is taken", async () => {
    const { monitor } = await makeOrganization();
    await setMonitor(monitor.id, `"pausedAt" = now(), "nextCheckAt" = NULL`);
    expect(await takePing(monitor.pingKey, "fail")).toEqual({ answer: "paused" });
    expect(await isDue(monitor.id)).toBe(false);
    expect(await pingsOf(monitor.id)).toMatchObject({ _count: { pings: 1 } });
  });
});

describe("the organization decides", () => {
  const reasons = {
    suspended: (organizationId: string) =>
      arrange((db) => db.suspension.create({ data: { organizationId, reason: "test", ticket: "T-1" }, select: { id: true } })),
    deactivated: (organizationId: string) =>
      arrange((db) => db.deactivation.create({ data: { organizationId, reason: "test" }, select: { id: true } })),
  };
  test.each(["suspended", "deactivated"] as const)("%s: refused, and nothing is left of it", async (answer) => {
    const { id, monitor } = await makeOrganization();
    await reasons[answer](id);
    expect(await takePing(monitor.pingKey)).toEqual({ answer });
    expect(await pingsOf(monitor.id)).toMatchObject({ lastPingAt: null, _count: { pings: 0 } });
  });

  test("about to be deleted: still taken", async () => {
    const { id, monitor } = await makeOrganization();
    await arrange((db) =>
      db.scheduledDeletion.create({ data: { organizationId: id, reason: "test", dueAt: new Date("2099-01-01") }, select: { id: true } }),
    );
    expect(await takePing(monitor.pingKey)).toEqual({ answer: "taken" });
  });
});

describe("an organization's pings of one minute", () => {
  test("are taken up to its limit, over all its monitors, and then refused until the next", async () => {
    const { id, monitor } = await makeOrganization();
    const other = await arrange((db) =>
      db.monitor.create({
        data: { organizationId: id, name: "Other", intervalSeconds: 60, graceSeconds: 60 },
        select: { id: true, pingKey: true },
      }),
    );
    await withinOneMinute();
    await setMonitor(other.id, `"pingMinute" = date_trunc('minute', now()), "pingsInMinute" = 8`);
    expect(await takePing(monitor.pingKey)).toEqual({ answer: "taken" });
    expect(await takePing(other.pingKey)).toEqual({ answer: "taken" });
    const refused = await takePing(monitor.pingKey);
    expect(refused).toMatchObject({ answer: "tooMany", perMinute: 10 });
    expect(refused).toHaveProperty(
      "retryAfterSeconds",
      expect.toSatisfy((seconds: number) => seconds >= 1 && seconds <= 60),
    );
    expect(await pingsOf(monitor.id)).toMatchObject({ _count: { pings: 1 } });
    for (const each of [monitor.id, other.id]) await setMonitor(each, `"pingMinute" = "pingMinute" - interval '1 minute'`);
    expect(await takePing(monitor.pingKey)).toEqual({ answer: "taken" });
  });

  test("are taken up to its limit also where many come at the same moment", async () => {
    const { id, monitor } = await makeOrganization();
    const others = await Promise.all(
      Array.from({ length: 15 }, (_, index) =>
        arrange((db) =>
          db.monitor.create({
            data: { organizationId: id, name: `Other ${index}`, intervalSeconds: 60, graceSeconds: 60 },
            select: { pingKey: true },
          }),
        ),
      ),
    );
    await withinOneMinute();
    await takePing(monitor.pingKey);
    const answers = await Promise.all(others.map(({ pingKey }) => takePing(pingKey)));
    const taken = answers.filter(({ answer }) => answer === "taken").length;
    // Four connections may find room at the same time.
    expect(taken).toBeGreaterThanOrEqual(9);
    expect(taken).toBeLessThanOrEqual(12);
  });

  test("have a limit of the organization's own where it has one, and none is taken without a plan", async () => {
    const { id, monitor } = await makeOrganization();
    await arrange((db) => db.limitOverride.create({ data: { organizationId: id, pingsPerMinute: 1 }, select: { id: true } }));
    await withinOneMinute();
    expect(await takePing(monitor.pingKey)).toEqual({ answer: "taken" });
    expect(await takePing(monitor.pingKey)).toMatchObject({ answer: "tooMany", perMinute: 1 });
    const without = await makeOrganization();
    await arrange((db) => db.subscription.deleteMany({ where: { organizationId: without.id } }));
    expect(await takePing(without.monitor.pingKey)).toMatchObject({ answer: "tooMany", perMinute: 0 });
  });

  test("of one do not count for another", async () => {
    const [one, another] = [await makeOrganization(), await makeOrganization()];
    await setMonitor(one.monitor.id, `"pingMinute" = date_trunc('minute', now()), "pingsInMinute" = 10`);
    expect(await takePing(another.monitor.pingKey)).toEqual({ answer: "taken" });
  });
});

test.each(["", "0".repeat(64), "a".repeat(100_000), "\0", "%00", "\uD800", "' OR 1=1 --"])("no monitor has the key %j", async (key) => {
  expect(await takePing(key)).toEqual({ answer: "unknown" });
});

/** Waits where the minute is about to end in the middle of a test. */
async function withinOneMinute(): Promise<void> {
  const left = 60_000 - (Date.now() % 60_000);
  if (left < 3_000) await new Promise((resolve) => setTimeout(resolve, left + 100));
}
