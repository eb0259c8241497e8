import { expect, test } from "vitest";
import { asRole } from "#testing/database.ts";
import { arrange, makeOrganization } from "#testing/fixtures.ts";
import { reader } from "../db.ts";
import { pruneHistory } from "./prune-history.ts";

type World = Awaited<ReturnType<typeof makeOrganization>>;

async function addHistory({ monitor }: World, daysAgo: number[]): Promise<void> {
  await asRole("owner", async (client) => {
    for (const days of daysAgo) {
      await client.query(`INSERT INTO "Ping" ("monitorId", "at") VALUES ($1, now() - make_interval(days => $2))`, [monitor.id, days]);
      await client.query(
        `INSERT INTO "MonitorStateChange" ("monitorId", "from", "to", "at") VALUES ($1, 'up', 'down', now() - make_interval(days => $2))`,
        [monitor.id, days],
      );
    }
  });
}

async function keptDays({ monitor }: World): Promise<number[][]> {
  const where = { monitorId: monitor.id };
  const [pings, changes] = [await reader().ping.findMany({ where }), await reader().monitorStateChange.findMany({ where })];
  return [pings, changes].map((rows) => rows.map(({ at }) => Math.round((Date.now() - at.getTime()) / 86_400_000)).sort((a, b) => a - b));
}

async function pruneAll(rows = 100): Promise<void> {
  for (let after = ""; ; ) {
    const { lastMonitorId } = await pruneHistory({ after, monitors: 3, rows });
    if (!lastMonitorId) return;
    after = lastMonitorId;
  }
}

test("what is older than the plan keeps goes, and nothing else", async () => {
  const world = await makeOrganization();
  await addHistory(world, [1, 29, 31, 400]);
  await pruneAll();
  expect(await keptDays(world)).toEqual([
    [1, 29],
    [1, 29],
  ]);
});

test("an organization may keep less, never more; its own limit and a purge count too", async () => {
  const [less, more, own, purged] = [
    await makeOrganization(),
    await makeOrganization(),
    await makeOrganization(),
    await makeOrganization(),
  ];
  await arrange(async (db) => {
    await db.organization.update({ where: { id: less.id }, data: { retentionDays: 7 }, select: { id: true } });
    await db.organization.update({ where: { id: more.id }, data: { retentionDays: 365 }, select: { id: true } });
    await db.limitOverride.create({ data: { organizationId: own.id, historyDays: 100 }, select: { id: true } });
    const historyPurgedBefore = new Date(Date.now() - 3 * 86_400_000);
    await db.organization.update({ where: { id: purged.id }, data: { historyPurgedBefore }, select: { id: true } });
  });
  for (const world of [less, more, own, purged]) await addHistory(world, [1, 10, 50, 200]);
  await pruneAll();
  expect((await keptDays(less))[0]).toEqual([1]);
  expect((await keptDays(more))[0]).toEqual([1, 10]);
  expect((await keptDays(own))[0]).toEqual([1, 10, 50]);
  expect((await keptDays(purged))[0]).toEqual([1]);
});

test("one round deletes so many rows of a monitor at most, and the next goes on", async () => {
  const world = await makeOrganization();
  await addHistory(world, [40, 41, 42, 43, 44]);
  await pruneAll(2);
  expect((await keptDays(world))[0]).toHaveLength(3);
  await pruneAll(2);
  await pruneAll(2);
  expect((await keptDays(world))[0]).toEqual([]);
});
