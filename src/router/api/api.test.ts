import { beforeAll, describe, expect, test } from "vitest";
import { writer } from "#server/db.ts";
import { allowRequests, callApi, monitorBody } from "#testing/call-api.ts";
import { arrange, findEvents, makeOrganization, unique } from "#testing/fixtures.ts";
import { makeApiKey } from "#testing/scenarios/integrations.ts";
import { openApiDocument } from "./openapi.ts";

type World = Awaited<ReturnType<typeof makeOrganization>>;
type Json = Record<string, unknown>;

let world: World;
let key: string;

beforeAll(async () => {
  world = await makeOrganization();
  ({ key } = await makeApiKey(world));
  await allowRequests(world);
});

const call = (method: string, address: string, options: Partial<Parameters<typeof callApi>[2]> = {}) =>
  callApi(method, address, { key, ...options });
const valid = () => monitorBody(`Backup ${unique()}`);

test("a monitor's life: created, listed, changed, paused, resumed, deleted, each an event of the key", async () => {
  const made = await call("POST", "/monitors", { body: { ...valid(), name: "Nightly" } });
  expect(made).toMatchObject({ status: 201, json: { name: "Nightly", status: "waiting", schedule: "interval", intervalMinutes: 60 } });
  const at = `/monitors/${String(made.json.id)}`;
  expect(made.json.pingUrl).toMatch(/^http:\/\/localhost:3000\/ping\/[0-9a-f]{64}$/);
  expect(await call("GET", at)).toMatchObject({ status: 200, json: made.json });
  expect(await call("PATCH", at, { body: { graceMinutes: 9 } })).toMatchObject({ status: 200, json: { name: "Nightly", graceMinutes: 9 } });
  const cron = { schedule: "cron", cron: "0 3 * * *", timeZone: "Europe/Berlin" };
  expect(await call("PATCH", at, { body: cron })).toMatchObject({ status: 200, json: { ...cron, intervalMinutes: null } });
  expect(await call("POST", `${at}/pause`)).toMatchObject({ status: 200, json: { status: "paused" } });
  expect(await call("POST", `${at}/pause`)).toMatchObject({ status: 409, json: { error: { code: "CONFLICT" } } });
  expect((await call("POST", `${at}/resume`)).json.status).not.toBe("paused");
  expect(await call("DELETE", at)).toMatchObject({ status: 204, json: null });
  expect(await call("GET", at)).toMatchObject({ status: 404, json: { error: { code: "NOT_FOUND" } } });
  const { id, name } = await writer().apiKey.findFirstOrThrow({ where: { organizationId: world.id } });
  const events = await findEvents({ actorId: id, outcome: "succeeded" });
  expect(events.map(({ operation }) => operation)).toEqual([
    "monitor.create",
    "monitor.update",
    "monitor.update",
    "monitor.pause",
    "monitor.resume",
    "monitor.delete",
  ]);
  for (const event of events)
    expect(event).toMatchObject({ actorType: "service", actorLabel: `API key ${name}`, organizationId: world.id });
});

test("pages by keyset: each monitor once, also where one is added meanwhile", async () => {
  const mine = await makeOrganization();
  const { key: as } = await makeApiKey(mine);
  await arrange((db) =>
    db.monitor.createMany({
      data: Array.from({ length: 6 }, (_, n) => ({ organizationId: mine.id, name: `M${n}`, intervalSeconds: 60, graceSeconds: 60 })),
    }),
  );
  const seen: unknown[] = [];
  let after: unknown = null;
  do {
    const page = await call("GET", `/monitors?limit=3${after ? `&after=${String(after)}` : ""}`, { key: as });
    seen.push(...page.json.data.map(({ id }) => id));
    after = page.json.next;
  } while (after);
  expect(seen).toHaveLength(7);
  expect(new Set(seen).size).toBe(7);
});

test("pings by keyset, newest first, only with their scope", async () => {
  await arrange((db) => db.ping.createMany({ data: Array.from({ length: 5 }, () => ({ monitorId: world.monitor.id })) }));
  const first = await call("GET", `/monitors/${world.monitor.id}/pings?limit=3`);
  const second = await call("GET", `/monitors/${world.monitor.id}/pings?limit=3&after=${String(first.json.next)}`);
  expect([first.json.data.length, second.json.data.length, second.json.next]).toEqual([3, 2, null]);
  expect(new Set([...first.json.data, ...second.json.data].map(({ id }) => id)).size).toBe(5);
  const { key: without } = await makeApiKey(world, { scopes: ["monitors:read"] });
  expect(await call("GET", `/monitors/${world.monitor.id}/pings`, { key: without })).toMatchObject({ status: 403 });
  expect(await call("GET", `/monitors/${world.monitor.id}/pings?after=x`)).toMatchObject({
    status: 422,
    json: { error: { fields: { after: expect.any(String) } } },
  });
});

describe("what is not right is told by its status", () => {
  test.each([
    ["JSON that is none", 400, { raw: "{" }],
    ["text that is not UTF-8", 400, { raw: new Uint8Array([0x22, 0xff, 0x22]) }],
    ["another type", 415, { raw: "name=x", type: "application/x-www-form-urlencoded" }],
    ["too much", 413, { raw: JSON.stringify({ name: "x".repeat(1_200_000) }) }],
    ["not an object", 422, { body: [] }],
    ["a field of nobody's", 422, { body: { ...valid(), admin: true } }],
    ["a wrong value", 422, { body: { ...valid(), intervalMinutes: -1 } }],
    ["a character that cannot be stored", 422, { body: { ...valid(), name: "a\0b" } }],
    [
      "a cron expression that is none",
      422,
      { body: { name: "x", schedule: "cron", cron: "61 * * * *", timeZone: "UTC", graceMinutes: 5 } },
    ],
  ] as const)("%s: %d", async (_what, status, options) => {
    const answer = await call("POST", "/monitors", options);
    expect(answer.status).toBe(status);
    expect(answer.json).toMatchObject({ error: { code: expect.any(String), message: expect.any(String), requestId: expect.any(String) } });
  });

  test("which field, in the words of the form", async () => {
    const { json } = await call("POST", "/monitors", { body: { ...valid(), intervalMinutes: 0 } });
    expect(json).toMatchObject({ error: { code: "INVALID_INPUT", fields: { intervalMinutes: "At least 1." } } });
  });

  test("an address that is none, and a method that is not taken", async () => {
    for (const address of ["/nothing", "/monitors/a/b/c", "/monitors/%00", `/monitors/${"x".repeat(100)}`, "/monitors/..%2f..%2fadmin"])
      expect((await call("GET", address)).status, address).toBe(404);
    const wrong = await call("PUT", "/monitors");
    expect(wrong.status).toBe(405);
    expect(wrong.headers.get("allow")).toBe("GET, POST");
  });

  test("the plan's limit is a conflict", async () => {
    const full = await makeOrganization();
    const { key: as } = await makeApiKey(full);
    const limits = { organizationId: full.id, monitors: 1 };
    await arrange((db) => db.limitOverride.create({ data: limits, select: { id: true } }));
    expect(await call("POST", "/monitors", { key: as, body: valid() })).toMatchObject({
      status: 409,
      json: { error: { code: "CONFLICT" } },
    });
  });
});

test("the OpenAPI document names every endpoint, and what it says of a body is what is taken", async () => {
  const { openapi, paths } = openApiDocument() as { openapi: string; paths: Record<string, Record<string, Json>> };
  expect(openapi).toBe("3.1.0");
  const named = Object.entries(paths).flatMap(([path, methods]) => Object.keys(methods).map((method) => `${method} ${path}`));
  expect(named.sort()).toEqual([
    "delete /monitors/{id}",
    "get /monitors",
    "get /monitors/{id}",
    "get /monitors/{id}/pings",
    "patch /monitors/{id}",
    "post /monitors",
    "post /monitors/{id}/pause",
    "post /monitors/{id}/resume",
  ]);
  const ids = Object.values(paths).flatMap((methods) => Object.values(methods).map(({ operationId }) => operationId));
  expect(new Set(ids).size).toBe(ids.length);
  expect(paths["/monitors"]?.post).toMatchObject({
    requestBody: { content: { "application/json": { schema: { required: ["name", "schedule", "graceMinutes"] } } } },
  });
});
