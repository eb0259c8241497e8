import { setTimeout as wait } from "node:timers/promises";
import { beforeAll, describe, expect, test } from "vitest";
import { writer } from "#server/db.ts";
import { log } from "#server/log.ts";
import { allowRequests, callApi, monitorBody } from "#testing/call-api.ts";
import { asRole } from "#testing/database.ts";
import { arrange, findEvents, makeOrganization, unique } from "#testing/fixtures.ts";
import { makeApiKey } from "#testing/scenarios/integrations.ts";

type World = Awaited<ReturnType<typeof makeOrganization>>;

let world: World;
let other: World;
let key: string;

beforeAll(async () => {
  world = await makeOrganization();
  other = await makeOrganization({ canary: "Foreign" });
  ({ key } = await makeApiKey(world));
  await allowRequests(world);
});

const call = (method: string, address: string, options: Partial<Parameters<typeof callApi>[2]> = {}) =>
  callApi(method, address, { key, ...options });
const valid = () => monitorBody(`Backup ${unique()}`);

describe("who may not", () => {
  test.each([null, "", "cs_live_00000000_short", `cs_live_00000000_${"A".repeat(43)}`, "' OR 1=1 --"])(
    "no key, or one that is none: %s",
    async (as) => {
      const answer = await call("GET", "/monitors", { key: as });
      expect(answer).toMatchObject({ status: 401, json: { error: { code: "UNAUTHENTICATED", requestId: expect.any(String) } } });
      expect(answer.headers.get("www-authenticate")).toBe("Bearer");
    },
  );

  test("a revoked key, from the next request on", async () => {
    const revoked = await makeApiKey(world);
    expect((await call("GET", "/monitors", { key: revoked.key })).status).toBe(200);
    await arrange((db) => db.apiKey.update({ where: { id: revoked.id }, data: { revokedAt: new Date() }, select: { id: true } }));
    expect((await call("GET", "/monitors", { key: revoked.key })).status).toBe(401);
  });

  test("a key that only reads: it changes nothing, sees no ping address, and the refusal is an event", async () => {
    const reading = await makeApiKey(world, { scopes: ["monitors:read"] });
    const at = `/monitors/${world.monitor.id}`;
    expect((await call("GET", at, { key: reading.key })).json.pingUrl).toBeNull();
    for (const [method, address] of [
      ["POST", "/monitors"],
      ["PATCH", at],
      ["DELETE", at],
      ["POST", `${at}/pause`],
    ] as const)
      expect(await call(method, address, { key: reading.key, body: {} })).toMatchObject({
        status: 403,
        json: { error: { code: "FORBIDDEN" } },
      });
    expect(await findEvents({ actorId: reading.id, outcome: "denied" })).toHaveLength(4);
    expect(await writer().monitor.findUniqueOrThrow({ where: { id: world.monitor.id } })).toMatchObject({ pausedAt: null });
  });

  test("another organization's monitor is as absent as one that never was, in every place", async () => {
    for (const id of [other.monitor.id, "mon_000000000000000000000000"]) {
      const answers = await Promise.all([
        call("GET", `/monitors/${id}`),
        call("PATCH", `/monitors/${id}`, { body: { name: "Mine" } }),
        call("DELETE", `/monitors/${id}`),
        call("POST", `/monitors/${id}/pause`),
        call("GET", `/monitors/${id}/pings`),
      ]);
      for (const { status, json } of answers) {
        expect(status).toBe(404);
        expect(json).toMatchObject({ error: { code: "NOT_FOUND" } });
        expect(JSON.stringify(json)).not.toContain("Foreign");
      }
    }
    const listed = await call("GET", `/monitors?after=${other.monitor.id}`);
    expect(JSON.stringify(listed.json)).not.toContain("Foreign");
    expect(await call("POST", "/monitors", { body: { ...valid(), organizationId: other.id } })).toMatchObject({ status: 422 });
    expect(await writer().monitor.findUniqueOrThrow({ where: { id: other.monitor.id } })).toMatchObject({
      name: other.monitor.name,
      pausedAt: null,
    });
  });

  test.each([
    ["suspended", { status: 403, code: "SUSPENDED" }],
    ["deactivated", { status: 403, code: "SUSPENDED" }],
    ["maintenance", { status: 503, code: "MAINTENANCE" }],
  ] as const)("a program of an organization that is %s, saying so", async (kind, { status, code }) => {
    const closed = await makeOrganization();
    const { key: as } = await makeApiKey(closed);
    await arrange(async (db) => {
      const data = { organizationId: closed.id };
      if (kind === "suspended") await db.suspension.create({ data: { ...data, reason: "x", ticket: "T-1" }, select: { id: true } });
      if (kind === "deactivated") await db.deactivation.create({ data: { ...data, reason: "x" }, select: { id: true } });
      if (kind === "maintenance") await db.maintenance.create({ data: { ...data, message: "Back soon" }, select: { id: true } });
    });
    const answer = await call("GET", "/monitors", { key: as });
    expect(answer).toMatchObject({ status, json: { error: { code, message: expect.stringContaining(closed.name) } } });
  });
});

test("more requests than the organization's plan allows are refused, whichever key they come by, and nobody else's", async () => {
  const busy = await makeOrganization();
  const keys = [(await makeApiKey(busy)).key, (await makeApiKey(busy)).key];
  await allowRequests(busy, 10);
  // Not across the turn of a minute.
  if (Date.now() % 60_000 > 50_000) await wait(60_000 - (Date.now() % 60_000));
  const answers = await Promise.all(Array.from({ length: 25 }, (_, n) => call("GET", "/monitors", { key: keys[n % 2] ?? "" })));
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(10);
  const refused = answers.filter(({ status }) => status === 429);
  expect(refused).toHaveLength(15);
  for (const { headers } of refused) {
    expect(Number(headers.get("retry-after"))).toBeGreaterThan(0);
    expect(Number(headers.get("retry-after"))).toBeLessThanOrEqual(60);
    expect(headers.get("ratelimit-limit")).toBe("10");
    expect(headers.get("ratelimit-remaining")).toBe("0");
  }
  expect((await call("GET", "/monitors")).status).toBe(200);
  await asRole("superuser", (client) =>
    client.query(`UPDATE "ApiUsage" SET "minute" = "minute" - interval '1 minute' WHERE "id" = $1`, [busy.id]),
  );
  expect((await call("GET", "/monitors", { key: keys[0] ?? "" })).status).toBe(200);
}, 30_000);

test("the key is in no log, event or table; its last use is noted at most once a minute", async () => {
  const used = await makeApiKey(world);
  const lines: string[] = [];
  const level = log.level;
  const write = process.stdout.write.bind(process.stdout);
  log.level = "debug";
  process.stdout.write = ((text: string) => lines.push(String(text)) > 0) as typeof process.stdout.write;
  try {
    await call("GET", "/monitors", { key: used.key });
    await call("POST", "/monitors", { key: used.key, body: { wrong: true } });
    await call("DELETE", `/monitors/${other.monitor.id}`, { key: used.key });
  } finally {
    process.stdout.write = write;
    log.level = level;
  }
  expect(lines.join("")).not.toContain(used.key.slice(20));
  await expect
    .poll(() =>
      writer()
        .apiKey.findUniqueOrThrow({ where: { id: used.id } })
        .then(({ lastUsedAt }) => lastUsedAt),
    )
    .not.toBeNull();
  const { lastUsedAt } = await writer().apiKey.findUniqueOrThrow({ where: { id: used.id } });
  await call("GET", "/monitors", { key: used.key });
  await wait(100);
  expect(await writer().apiKey.findUniqueOrThrow({ where: { id: used.id } })).toMatchObject({ lastUsedAt });
  const found = await asRole("superuser", async (client) => {
    const { rows } = await client.query<{ name: string }>(
      `SELECT relname AS name FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace`,
    );
    const hits: string[] = [];
    for (const { name } of rows) {
      const { rowCount } = await client.query(`SELECT 1 FROM "${name}" t WHERE position($1 in t::text) > 0 LIMIT 1`, [used.key.slice(17)]);
      if (rowCount) hits.push(name);
    }
    return hits;
  });
  expect(found).toEqual([]);
});
