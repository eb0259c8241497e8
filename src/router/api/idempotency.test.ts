import { beforeAll, expect, test } from "vitest";
import { writer } from "#server/db.ts";
import { forgetAnswers } from "#server/repeated-request.ts";
import { allowRequests, callApi, monitorBody } from "#testing/call-api.ts";
import { asRole } from "#testing/database.ts";
import { arrange, findEvents, makeOrganization, unique } from "#testing/fixtures.ts";
import { makeApiKey } from "#testing/scenarios/integrations.ts";
import { until } from "#testing/worker-process.ts";

type World = Awaited<ReturnType<typeof makeOrganization>>;

let world: World;
let apiKey: Awaited<ReturnType<typeof makeApiKey>>;

beforeAll(async () => {
  world = await makeOrganization();
  apiKey = await makeApiKey(world);
  await allowRequests(world);
  await arrange((db) =>
    db.limitOverride.update({ where: { organizationId: world.id }, data: { monitors: 1_000 }, select: { organizationId: true } }),
  );
});

const post = (body: unknown, idempotencyKey: string, { key = apiKey.key, at = "/monitors" } = {}) =>
  callApi("POST", at, { key, body, idempotencyKey });
const named = (name: string) => writer().monitor.count({ where: { organizationId: world.id, name } });
const replayed = ({ headers }: { headers: Headers }) => headers.get("idempotent-replayed");

/** As if a day had passed since this was answered. */
async function letADayPass(): Promise<void> {
  await asRole("owner", (client) => client.query(`UPDATE "ApiAnswer" SET "createdAt" = now() - interval '24 hours 1 second'`));
}

/** Whether somebody waits in this database for what another one holds. */
function isOneWaiting(): Promise<boolean> {
  const waiting = `SELECT 1 FROM pg_stat_activity WHERE "datname" = current_database() AND "wait_event_type" = 'Lock'`;
  return asRole("superuser", async (client) => (await client.query(waiting)).rowCount === 1);
}

test("the same request with the same key is done once and answered the same, whatever became of it since", async () => {
  const body = monitorBody(`Once ${unique()}`);
  const first = await post(body, "a key");
  expect(first.status).toBe(400);
  const made = await post(body, "a-key");
  expect([made.status, replayed(made)]).toEqual([201, null]);
  await callApi("PATCH", `/monitors/${made.json.id}`, { key: apiKey.key, body: { graceMinutes: 9 } });
  const again = await post(Object.fromEntries(Object.entries(body).reverse()), "a-key");
  expect(again).toMatchObject({ status: 201, json: made.json });
  expect(replayed(again)).toBe("true");
  expect(await named(body.name)).toBe(1);
  expect(await findEvents({ targetId: world.id, operation: "monitor.create", actorId: apiKey.id })).toHaveLength(1);
});

test("of sixteen at once one makes a monitor; the others get its answer, or hear that it is still running", async () => {
  const body = monitorBody(`Parallel ${unique()}`);
  const answers = await Promise.all(Array.from({ length: 16 }, () => post(body, "sixteen")));
  expect(await named(body.name)).toBe(1);
  const done = answers.filter(({ status }) => status === 201);
  const waiting = answers.filter(({ status }) => status === 409);
  expect(done.length + waiting.length).toBe(16);
  expect(new Set(done.map(({ json }) => json.id)).size).toBe(1);
  expect(done.filter((answer) => !replayed(answer))).toHaveLength(1);
  for (const { json } of waiting) expect(json).toMatchObject({ error: { code: "IDEMPOTENCY_KEY_IN_USE" } });
  expect(await post(body, "sixteen")).toMatchObject({ status: 201, json: { id: done[0]?.json.id } });
});

test("while the first is running, the second is told so and changes nothing", async () => {
  const body = monitorBody(`Slow ${unique()}`);
  const locked = Promise.withResolvers<void>();
  const release = Promise.withResolvers<void>();
  const held = asRole("owner", async (client) => {
    await client.query("BEGIN");
    await client.query(`SELECT 1 FROM "Organization" WHERE "id" = $1 FOR UPDATE`, [world.id]);
    locked.resolve();
    await release.promise;
    await client.query("COMMIT");
  });
  await locked.promise;
  const first = post(body, "slow");
  try {
    // Only then does it have the key: one that asked before would be the first itself.
    await until(isOneWaiting);
    expect(await post(body, "slow")).toMatchObject({ status: 409, json: { error: { code: "IDEMPOTENCY_KEY_IN_USE" } } });
  } finally {
    release.resolve();
    await held;
  }
  expect((await first).status).toBe(201);
  expect(await named(body.name)).toBe(1);
});

test("the same key with another body or at another address is refused, and does nothing", async () => {
  const [one, other] = [monitorBody(`One ${unique()}`), monitorBody(`Other ${unique()}`)];
  const made = await post(one, "reused");
  const pause = `/monitors/${made.json.id}/pause`;
  for (const refused of [await post(other, "reused"), await post(undefined, "reused", { at: pause })])
    expect(refused).toMatchObject({ status: 422, json: { error: { code: "IDEMPOTENCY_KEY_REUSED" } } });
  expect(await named(other.name)).toBe(0);
  expect((await callApi("GET", `/monitors/${made.json.id}`, { key: apiKey.key })).json.status).toBe("waiting");
});

test("pausing twice with one key is one pause, although a paused monitor cannot be paused", async () => {
  const at = `/monitors/${world.monitor.id}/pause`;
  const [first, second] = [await post(undefined, "pause-1", { at }), await post(undefined, "pause-1", { at })];
  expect([first.status, second.status]).toEqual([200, 200]);
  expect(second.json).toEqual(first.json);
  expect((await post(undefined, "pause-2", { at })).status).toBe(409);
});

test("a key of one program says nothing to another's, not even in the same organization", async () => {
  const body = monitorBody(`Apart ${unique()}`);
  const mine = await post(body, "shared");
  const theirs = await post(body, "shared", { key: (await makeApiKey(world)).key });
  expect([mine.status, theirs.status, replayed(theirs)]).toEqual([201, 201, null]);
  expect(theirs.json.id).not.toBe(mine.json.id);
});

test("a refusal is not kept: what was in its way may be gone when it is asked again", async () => {
  const full = await makeOrganization();
  const { key } = await makeApiKey(full);
  await arrange((db) => db.limitOverride.create({ data: { organizationId: full.id, monitors: 1 }, select: { id: true } }));
  const body = monitorBody(`Later ${unique()}`);
  expect((await post(body, "later", { key })).status).toBe(409);
  await arrange((db) =>
    db.limitOverride.update({ where: { organizationId: full.id }, data: { monitors: 2 }, select: { organizationId: true } }),
  );
  const made = await post(body, "later", { key });
  expect([made.status, replayed(made)]).toEqual([201, null]);
});

test("after a day the key is as if it had never been used, and the answer is gone", async () => {
  const body = monitorBody(`Daily ${unique()}`);
  const first = await post(body, "daily");
  await letADayPass();
  const second = await post(body, "daily");
  expect([second.status, replayed(second)]).toEqual([201, null]);
  expect(second.json.id).not.toBe(first.json.id);
  await letADayPass();
  await forgetAnswers();
  expect(await asRole("owner", async (client) => (await client.query(`SELECT 1 FROM "ApiAnswer"`)).rowCount)).toBe(0);
});

test.each(["", " ", "ä", "two words", "x".repeat(256)])("%j is no key", async (key) => {
  const refused = await post(monitorBody("x"), key);
  // What is nothing but space is nothing to an HTTP client.
  expect(refused.status).toBe(400);
});
