import { spawn } from "node:child_process";
import { describe, expect, test } from "vitest";
import { asRole } from "#testing/database.ts";
import { arrange, makeOrganization } from "#testing/fixtures.ts";
import { reader } from "../db.ts";
import { takePing } from "../ping.ts";
import { lookAtDueMonitors } from "./look-at-due-monitors.ts";

type World = Awaited<ReturnType<typeof makeOrganization>>;

function run<Row extends object>(sql: string, ...parameters: unknown[]): Promise<Row[]> {
  return asRole("owner", async (client) => (await client.query<Row>(sql, parameters)).rows);
}

function setMonitor(id: string, assignments: string): Promise<object[]> {
  return run(`UPDATE "Monitor" SET ${assignments} WHERE "id" = $1`, id);
}

/** Pinged so long ago; the fixture's monitor is due after 5 minutes and has 1 minute of grace. */
const pinged = (id: string, secondsAgo: number, state = "up") =>
  setMonitor(
    id,
    `"state" = '${state}', "lastPingAt" = now() - interval '${secondsAgo} seconds', "lastPingKind" = 'success', "stateSince" = now() - interval '1 day', "nextCheckAt" = now()`,
  );

/** Other tests leave monitors that are due as well: all are looked at, in as many rounds as it takes. */
async function lookAtAll(): Promise<void> {
  while ((await lookAtDueMonitors(100)) === 100);
}

const stateOf = (id: string) =>
  reader().monitor.findUniqueOrThrow({ where: { id }, select: { state: true, stateSince: true, nextCheckAt: true } });

const changesOf = async (monitorId: string) =>
  (await reader().monitorStateChange.findMany({ where: { monitorId }, orderBy: [{ at: "asc" }, { id: "asc" }] })).map(
    ({ from, to }) => `${from} → ${to}`,
  );

async function toldOf(organizationId: string): Promise<string[]> {
  const rows = await asRole("superuser", async (client) => {
    const { rows } = await client.query<{ name: string; data: { payload: { mail?: string; event?: string; to?: { email: string } } } }>(
      `SELECT name, data FROM pgboss.job WHERE data -> 'origin' ->> 'organizationId' = $1`,
      [organizationId],
    );
    return rows;
  });
  return rows.map(({ data: { payload } }) => (payload.mail ? `${payload.mail} ${payload.to?.email}` : `webhook ${payload.event}`)).sort();
}

const everyone = (world: World, mail: string, event: string) =>
  [...Object.values(world.people).map(({ email }) => `${mail} ${email}`), `webhook ${event}`].sort();

test("late mails nobody; down and up again mail every member once, and tell the webhooks", async () => {
  const world = await makeOrganization();
  const { id, pingKey } = world.monitor;
  await pinged(id, 301);
  await lookAtAll();
  expect(await stateOf(id)).toMatchObject({ state: "late", nextCheckAt: expect.any(Date) });
  expect(await toldOf(world.id)).toEqual([]);

  await pinged(id, 361, "late");
  await lookAtAll();
  expect(await stateOf(id)).toMatchObject({ state: "down", nextCheckAt: null });
  const down = everyone(world, "monitorDown", "monitor.down");
  expect(await toldOf(world.id)).toEqual(down);
  await setMonitor(id, `"nextCheckAt" = now()`);
  await lookAtAll();
  expect(await toldOf(world.id), "looking again tells nobody again").toEqual(down);

  await takePing(pingKey);
  await lookAtAll();
  expect(await stateOf(id)).toMatchObject({ state: "up", nextCheckAt: expect.any(Date) });
  expect(await toldOf(world.id)).toEqual([...down, ...everyone(world, "monitorUp", "monitor.up")].sort());
  expect(await changesOf(id)).toEqual(["up → late", "late → down", "down → up"]);
});

test("the first ping of one that waits turns it up and mails nobody; a failure at first does", async () => {
  const world = await makeOrganization();
  await lookAtAll();
  expect(await stateOf(world.monitor.id)).toMatchObject({ state: "waiting", nextCheckAt: null });
  await takePing(world.monitor.pingKey);
  await lookAtAll();
  expect((await stateOf(world.monitor.id)).state).toBe("up");
  expect(await toldOf(world.id)).toEqual([]);
  await takePing(world.monitor.pingKey, "fail");
  await lookAtAll();
  expect(await toldOf(world.id)).toEqual(everyone(world, "monitorDown", "monitor.down"));
});

test("a run that began and did not end within the grace is down", async () => {
  const world = await makeOrganization();
  await pinged(world.monitor.id, 100);
  await setMonitor(world.monitor.id, `"lastStartedAt" = now() - interval '61 seconds'`);
  await lookAtAll();
  expect((await stateOf(world.monitor.id)).state).toBe("down");
});

describe("nobody watches, so nothing is down and nobody is told,", () => {
  const reasons: Record<string, (world: World) => Promise<unknown>> = {
    paused: ({ monitor }) => setMonitor(monitor.id, `"pausedAt" = now()`),
    suspended: ({ id }) =>
      arrange((db) => db.suspension.create({ data: { organizationId: id, reason: "t", ticket: "T" }, select: { id: true } })),
    deactivated: ({ id }) => arrange((db) => db.deactivation.create({ data: { organizationId: id, reason: "t" }, select: { id: true } })),
  };
  test.each(Object.keys(reasons))("while %s; it waits for the next ping", async (reason) => {
    const world = await makeOrganization();
    await pinged(world.monitor.id, 9_999);
    await reasons[reason]?.(world);
    await lookAtAll();
    expect(await stateOf(world.monitor.id)).toMatchObject({ state: "waiting", nextCheckAt: null });
    expect(await toldOf(world.id)).toEqual([]);
  });
});

test("an organization that is to be deleted, or is under maintenance, is watched until its day", async () => {
  const world = await makeOrganization();
  await pinged(world.monitor.id, 9_999);
  const { id: organizationId } = world;
  await arrange(async (db) => {
    await db.scheduledDeletion.create({ data: { organizationId, reason: "t", dueAt: new Date("2099-01-01") }, select: { id: true } });
    await db.maintenance.create({ data: { organizationId, message: "t" }, select: { id: true } });
  });
  await lookAtAll();
  expect((await stateOf(world.monitor.id)).state).toBe("down");
});

test("a schedule that cannot be understood any more is put off, and the others are looked at", async () => {
  const [broken, other] = [await makeOrganization(), await makeOrganization()];
  await pinged(broken.monitor.id, 400);
  await setMonitor(broken.monitor.id, `"scheduleKind" = 'cron', "cron" = 'never', "timeZone" = 'UTC'`);
  await pinged(other.monitor.id, 400);
  await lookAtAll();
  expect(await stateOf(broken.monitor.id)).toMatchObject({ state: "up", nextCheckAt: expect.any(Date) });
  expect((await stateOf(other.monitor.id)).state).toBe("down");
});

test("several workers at once: each change is noted and mailed once", async () => {
  const worlds = await Promise.all(Array.from({ length: 8 }, () => makeOrganization()));
  for (const { monitor } of worlds) await pinged(monitor.id, 400);
  const looks = await Promise.all(Array.from({ length: 12 }, () => lookAtDueMonitors(3)));
  while ((await lookAtDueMonitors(3)) > 0);
  expect(looks.filter((count) => count > 0).length).toBeGreaterThan(1);
  for (const world of worlds) {
    expect(await changesOf(world.monitor.id)).toEqual(["up → down"]);
    expect(await toldOf(world.id)).toEqual(everyone(world, "monitorDown", "monitor.down"));
  }
});

test("a worker that is killed between claiming and committing leaves all to the next one", async () => {
  const world = await makeOrganization();
  await pinged(world.monitor.id, 400);
  const killed = spawnHolder();
  await killed.claimed;
  expect(await lookAtDueMonitors(100), "what another one holds is left alone").toBe(0);
  killed.kill();
  await expect.poll(() => lookAtDueMonitors(100), { timeout: 10_000 }).toBeGreaterThan(0);
  expect(await changesOf(world.monitor.id)).toEqual(["up → down"]);
  expect(await toldOf(world.id)).toEqual(everyone(world, "monitorDown", "monitor.down"));
});

test("a ping that comes while a worker judges is not overlooked", async () => {
  const world = await makeOrganization();
  const { id, pingKey } = world.monitor;
  await pinged(id, 400);
  await asRole("app", async (client) => {
    await client.query("BEGIN");
    await client.query(`SELECT 1 FROM "Monitor" WHERE "id" = $1 FOR NO KEY UPDATE`, [id]);
    const ping = takePing(pingKey);
    await new Promise((resolve) => setTimeout(resolve, 200));
    await client.query(`UPDATE "Monitor" SET "state" = 'down', "nextCheckAt" = NULL WHERE "id" = $1`, [id]);
    await client.query("COMMIT");
    expect(await ping).toEqual({ answer: "taken" });
  });
  await lookAtAll();
  expect((await stateOf(id)).state).toBe("up");
});

/** A process of its own that claims what is due, with work half done, and never commits. */
function spawnHolder() {
  const script = `
    import { transaction } from "#server/db.ts";
    import { claimDueMonitors } from "#server/monitors/claim-due-monitors.ts";
    await transaction(async (db) => {
      const { monitors } = await claimDueMonitors(db, 100);
      for (const { id } of monitors) await db.monitorStateChange.create({ data: { monitorId: id, from: "up", to: "down" } });
      console.log("claimed");
      await new Promise((resolve) => setTimeout(resolve, 60_000));
    });`;
  const child = spawn(process.execPath, ["--conditions=react-server", "--input-type=module", "-e", script], {
    env: process.env,
    stdio: ["ignore", "pipe", "inherit"],
  });
  const claimed = new Promise<void>((resolve, reject) => {
    child.stdout.once("data", () => resolve());
    child.once("exit", (code) => reject(new Error(`The process ended with ${code}.`)));
  });
  return { claimed, kill: () => child.kill("SIGKILL") };
}
