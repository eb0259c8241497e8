import { createServer, type IncomingMessage, type RequestOptions, request } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { pingRoute } from "#app/ping/ping-route.ts";
import { asRole } from "#testing/database.ts";
import { startFaultyProxy } from "#testing/faulty-proxy.ts";
import { arrange, makeOrganization } from "#testing/fixtures.ts";
import { reader } from "./db.ts";
import { stopTakingPings } from "./ping.ts";
import { answeringPings } from "./ping-listener.ts";

let proxy: Awaited<ReturnType<typeof startFaultyProxy>>;
const server = createServer(answeringPings((_request, response) => response.writeHead(299).end("somebody else")));

beforeAll(async () => {
  const url = new URL(process.env.DATABASE_URL ?? "");
  proxy = await startFaultyProxy(url.href);
  url.port = String(proxy.port);
  process.env.DATABASE_URL = url.href;
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await stopTakingPings();
  await proxy.stop();
});

type Answer = { status: number; text: string; headers: IncomingMessage["headers"] };

function ask(path: string, { body, ...options }: RequestOptions & { body?: string } = {}): Promise<Answer> {
  const { port } = server.address() as AddressInfo;
  return new Promise((resolve, reject) => {
    const sent = request({ host: "127.0.0.1", port, path, ...options }, async (incoming) => {
      const chunks = await incoming.setEncoding("utf8").toArray();
      resolve({ status: incoming.statusCode ?? 0, text: chunks.join(""), headers: incoming.headers });
    });
    sent.on("error", reject);
    sent.end(body);
  });
}

const kindsOf = async (monitorId: string) =>
  (await reader().ping.findMany({ where: { monitorId }, select: { kind: true }, orderBy: { at: "asc" } })).map(({ kind }) => kind);

test("GET, POST and HEAD are pings, with or without a query; HEAD is answered without a body", async () => {
  const { monitor } = await makeOrganization();
  const path = `/ping/${monitor.pingKey}`;
  expect(await ask(`${path}?run=7`)).toMatchObject({ status: 200, text: "OK\n" });
  expect(await ask(`${path}/start`, { method: "POST", body: "what the job said" })).toMatchObject({ status: 200, text: "OK\n" });
  const head = await ask(`${path}/fail`, { method: "HEAD" });
  expect(head).toMatchObject({ status: 200, text: "" });
  expect(head.headers["content-length"]).toBe("3");
  expect(await kindsOf(monitor.id)).toEqual(["success", "start", "fail"]);
});

test("everything else is handed on, and no ping", async () => {
  const { monitor } = await makeOrganization();
  const path = `/ping/${monitor.pingKey}`;
  const others = ["/", "/ping", "/ping/short", `${path}/`, `${path}/other`, `${path}0`, `${path}#x`, `/x${path}`, path.toUpperCase()];
  for (const other of others) expect((await ask(other)).status, other).toBe(299);
  for (const method of ["PUT", "DELETE", "OPTIONS", "PATCH"]) expect((await ask(path, { method })).status, method).toBe(299);
  expect(await kindsOf(monitor.id)).toEqual([]);
});

test("Next's own route answers alike: status, words and headers", async () => {
  const { id, monitor } = await makeOrganization();
  const expectAlike = async (key: string, status: number) => {
    const here = await ask(`/ping/${key}`);
    const there = await pingRoute("success")(new Request("http://localhost:3000/ping"), { params: Promise.resolve({ key }) });
    expect([here.status, there.status]).toEqual([status, status]);
    expect(here.text.replaceAll(/\d+ seconds?/g, "")).toBe((await there.text()).replaceAll(/\d+ seconds?/g, ""));
    const { "retry-after": wait, ...headers } = Object.fromEntries(there.headers);
    expect(here.headers).toMatchObject(headers);
    expect(here.headers["retry-after"] === undefined).toBe(wait === undefined);
    return here;
  };
  await expectAlike(monitor.pingKey, 200);
  await expectAlike("0".repeat(64), 404);
  await asRole("owner", (client) =>
    client.query(
      `UPDATE "Monitor" SET "pingMinute" = date_trunc('minute', now() + interval '5 seconds'), "pingsInMinute" = 10 WHERE "id" = $1`,
      [monitor.id],
    ),
  );
  await expect.poll(async () => (await ask(`/ping/${monitor.pingKey}`)).status, { timeout: 10_000 }).toBe(429);
  const refused = await expectAlike(monitor.pingKey, 429);
  expect(Number(refused.headers["retry-after"])).toBeGreaterThan(0);
  await arrange((db) => db.suspension.create({ data: { organizationId: id, reason: "test", ticket: "T-1" }, select: { id: true } }));
  expect((await expectAlike(monitor.pingKey, 403)).text).toMatch(/suspended/);
});

test("a body that says it is too long is refused before it is sent; one that does not say is cut off", async () => {
  const { monitor } = await makeOrganization();
  const path = `/ping/${monitor.pingKey}`;
  const refused = await ask(path, { method: "POST", body: "x".repeat(1_000_001) }).catch((error: Error) => error);
  if (!(refused instanceof Error)) expect(refused).toMatchObject({ status: 413, headers: { connection: "close" } });
  expect(await kindsOf(monitor.id)).toEqual([]);
  const { port } = server.address() as AddressInfo;
  const sent = request({ host: "127.0.0.1", port, path, method: "POST", headers: { "transfer-encoding": "chunked" } });
  const cutOff = new Promise((resolve) => sent.on("close", resolve).on("error", resolve));
  const sending = setInterval(() => sent.write("x".repeat(100_000)), 5);
  await cutOff;
  clearInterval(sending);
  expect((await ask(path)).status).toBe(200);
});

test("of many at once each is taken and answered, over connections that stay open", async () => {
  const worlds = await Promise.all(Array.from({ length: 4 }, () => makeOrganization()));
  const answers = await Promise.all(worlds.flatMap(({ monitor }) => Array.from({ length: 5 }, () => ask(`/ping/${monitor.pingKey}`))));
  expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(200));
  for (const { monitor } of worlds) expect(await kindsOf(monitor.id)).toHaveLength(5);
});

test("a database that is away is told as such; then pings are taken again", async () => {
  const { monitor } = await makeOrganization();
  const path = `/ping/${monitor.pingKey}`;
  proxy.arm({ atStatement: 1, cut: "before" });
  const cut = await ask(path);
  expect(cut).toMatchObject({ status: 503, text: expect.stringMatching(/database cannot be reached/) });
  await expect.poll(async () => (await ask(path)).status).toBe(200);
  expect(await kindsOf(monitor.id)).toEqual(["success"]);
});
