import { once } from "node:events";
import { Agent, createServer, type IncomingMessage, type RequestOptions, request } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { writer } from "#server/db.ts";
import { emptyContext, makeOrganization } from "#testing/fixtures.ts";
import { productRouter } from "./product-router.ts";
import { answeringTrpc } from "./trpc-listener.ts";

let world: Awaited<ReturnType<typeof makeOrganization>>;
const endpoint = {
  endpoint: "/api/trpc",
  router: productRouter,
  contextOf: async () => ({ ...emptyContext(), actor: world.people.owner.actor }),
};
const server = createServer(answeringTrpc([endpoint], (_request, response) => response.writeHead(299).end("somebody else")));
const agent = new Agent({ keepAlive: true, maxSockets: 1 });

beforeAll(async () => {
  world = await makeOrganization();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
});
afterAll(() => {
  agent.destroy();
  server.closeAllConnections();
  server.close();
});

const port = () => (server.address() as AddressInfo).port;
type Answer = { status: number; text: string; headers: IncomingMessage["headers"] };

function ask(path: string, { body, ...options }: RequestOptions & { body?: string | Buffer } = {}): Promise<Answer> {
  const headers = {
    ...(body !== undefined && { "content-type": "application/json", "content-length": Buffer.byteLength(body) }),
    ...options.headers,
  };
  return new Promise((resolve, reject) => {
    const sent = request({ host: "127.0.0.1", port: port(), path, agent, ...options, headers }, async (incoming) => {
      const chunks = await incoming.setEncoding("utf8").toArray();
      resolve({ status: incoming.statusCode ?? 0, text: chunks.join(""), headers: incoming.headers });
    });
    sent.on("error", reject);
    sent.end(body);
  });
}

const rename = (name: string) => JSON.stringify({ targetId: world.id, input: { name } });
const nameNow = async () => (await writer().organization.findUniqueOrThrow({ where: { id: world.id }, select: { name: true } })).name;
const run = "/api/trpc/operations.organization.rename.run";

test("a query and a mutation are answered, with a length", async () => {
  const { status, text, headers } = await ask("/api/trpc/organizations.mine");
  expect(status).toBe(200);
  expect(text).toContain(world.slug);
  expect(headers).toMatchObject({
    "content-type": "application/json",
    "cache-control": "no-store",
    "content-length": String(Buffer.byteLength(text)),
  });
  expect(await ask(run, { method: "POST", body: rename("Ünlimited 株式会社") })).toMatchObject({ status: 200 });
  expect(await nameNow()).toBe("Ünlimited 株式会社");
});

test("everything else is handed on", async () => {
  const others: [string, RequestOptions][] = [
    ["/", {}],
    ["/api/trpc", {}],
    ["/api/trpcx/organizations.mine", {}],
    ["/x/api/trpc/organizations.mine", {}],
    ["/admin/api/trpc/home.get", {}],
    ["/api/trpc/organizations.mine", { method: "PUT" }],
    ["/api/trpc/organizations.mine", { method: "OPTIONS" }],
  ];
  for (const [path, options] of others) expect((await ask(path, options)).status, path).toBe(299);
});

test("what is refused by its headers is not read, and the connection stays in use", async () => {
  const socket = connect(port(), "127.0.0.1");
  socket.write(`POST ${run} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 3000000\r\n\r\n`);
  const [early] = await once(socket, "data");
  expect(String(early)).toMatch(/^HTTP\/1\.1 413 /);
  socket.destroy();
  const body = Buffer.alloc(3_000_000, " ");
  expect(await ask(run, { method: "POST", body })).toMatchObject({ status: 413, headers: { "cache-control": "no-store" } });
  expect(await ask(run, { method: "POST", body: rename("x"), headers: { "content-type": "text/plain" } })).toMatchObject({ status: 415 });
  expect(await ask(run, { method: "POST", body: rename("Forged"), headers: { origin: "https://evil.example" } })).toMatchObject({
    status: 403,
  });
  expect(await ask("/api/trpc/organizations.mine")).toMatchObject({ status: 200 });
  expect(await nameNow()).not.toBe("Forged");
});

test("a body that is not JSON, or nothing, is the sender's mistake", async () => {
  for (const body of ["{", "", "\u0000", '{"targetId":']) expect((await ask(run, { method: "POST", body })).status).toBe(400);
});

test("whoever hangs up in the middle of a body changes nothing, and takes nobody along", async () => {
  const before = await nameNow();
  const body = rename("Half of it");
  const socket = connect(port(), "127.0.0.1");
  socket.write(`POST ${run} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: ${body.length + 100}\r\n\r\n${body}`);
  await once(socket, "connect");
  await ask("/api/trpc/organizations.mine");
  socket.destroy();
  await once(socket, "close");
  expect(await ask("/api/trpc/organizations.mine")).toMatchObject({ status: 200 });
  expect(await nameNow()).toBe(before);
});
