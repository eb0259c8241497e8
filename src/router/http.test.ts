import { describe, expect, test } from "vitest";
import { serveTrpc } from "#router/http.ts";
import { productRouter } from "#router/product-router.ts";
import { hashPassword } from "#server/auth/password.ts";
import { asRole, checksums } from "#testing/database.ts";
import { arrange, emptyContext, makeOrganization } from "#testing/fixtures.ts";

const path = "operations.organization.rename.run";

async function call({
  headers = {},
  method = "POST",
  body,
  url = path,
}: {
  headers?: Record<string, string>;
  method?: string;
  body?: string;
  url?: string;
}) {
  const world = await makeOrganization();
  const content = body ?? JSON.stringify({ targetId: world.id, input: { name: "New name" } });
  const request = new Request(`http://localhost:3000/api/trpc/${url}`, {
    method,
    headers: { "content-type": "application/json", ...headers },
    ...(method === "POST" ? { body: content } : {}),
  });
  const response = await serveTrpc({
    request,
    endpoint: "/api/trpc",
    router: productRouter,
    contextOf: async () => ({ ...emptyContext(), actor: world.people.owner.actor }),
  });
  return { status: response.status, text: await response.text() };
}

test("a request of our own page runs", async () => {
  expect(await call({ headers: { origin: "http://localhost:3000", "sec-fetch-site": "same-origin" } })).toMatchObject({ status: 200 });
});

describe("refused before anything else", () => {
  test.each([
    ["another origin", { headers: { origin: "https://evil.example" } }, 403],
    ["a sandboxed origin", { headers: { origin: "null" } }, 403],
    ["another port", { headers: { origin: "http://localhost:3001" } }, 403],
    ["a cross-site fetch", { headers: { "sec-fetch-site": "cross-site" } }, 403],
    ["a same-site fetch", { headers: { "sec-fetch-site": "same-site" } }, 403],
    ["a form", { headers: { "content-type": "multipart/form-data; boundary=x" } }, 415],
    ["plain text", { headers: { "content-type": "text/plain" } }, 415],
    ["bytes", { headers: { "content-type": "application/octet-stream" } }, 415],
    ["too large a body", { headers: { "content-length": "2000000" } }, 413],
    ["a mutation by GET", { method: "GET" }, 405],
    ["a batch of eleven", { url: `${Array(11).fill(path).join(",")}?batch=1` }, 400],
    ["an unknown procedure", { url: "nothing.here" }, 404],
    ["JSON that is none", { body: "{" }, 400],
    ["JSON that is too deep", { body: `${"[".repeat(50_000)}${"]".repeat(50_000)}` }, 400],
    ["an empty body", { body: "" }, 400],
  ])("%s", async (_what, given, status) => {
    const answer = await call(given);
    expect(answer.status).toBe(status);
    expect(answer.text).not.toMatch(/at .*\.(ts|js|mjs):\d+|node_modules/);
  });

  test("and nothing is written", async () => {
    const world = await makeOrganization();
    const before = await checksums();
    const request = new Request(`http://localhost:3000/api/trpc/${path}`, {
      method: "POST",
      headers: { "content-type": "text/plain" },
      body: JSON.stringify({ targetId: world.id, input: { name: "Forged" } }),
    });
    await serveTrpc({
      request,
      endpoint: "/api/trpc",
      router: productRouter,
      contextOf: async () => ({ ...emptyContext(), actor: world.people.owner.actor }),
    });
    expect(await checksums()).toEqual(before);
  });
});

test("an error has a code for programs, words for people and the request's id", async () => {
  const { status, text } = await call({ body: JSON.stringify({ targetId: "org_absent", input: { name: "x" } }) });
  expect(status).toBe(404);
  expect(JSON.parse(text).error).toMatchObject({
    message: expect.stringMatching(/no such/i),
    data: { code: "NOT_FOUND", httpStatus: 404, requestId: expect.stringMatching(/^req_/) },
  });
});

test("what takes a password has no preview, which would tell whether it is right, and keeps nothing of it", async () => {
  const world = await makeOrganization();
  const typed = { currentPassword: "canary old password", newPassword: "canary new password" };
  const actor = world.people.owner.actor;
  await arrange(async (db) =>
    db.user.update({ where: { id: actor.id }, data: { passwordHash: await hashPassword(typed.currentPassword) }, select: { id: true } }),
  );
  const request = new Request("http://localhost:3000/api/trpc/operations.user.changePassword.preview", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ targetId: actor.id, input: typed }),
  });
  const response = await serveTrpc({
    request,
    endpoint: "/api/trpc",
    router: productRouter,
    contextOf: async () => ({ ...emptyContext(), actor }),
  });
  expect(response.status).toBe(400);
  expect(await response.text()).not.toContain("canary");
  const stored = await asRole("superuser", (client) =>
    client.query(
      `SELECT 1 FROM "Proposal" p WHERE p::text LIKE '%canary%' UNION ALL SELECT 1 FROM "AuditEvent" e WHERE e::text LIKE '%canary%'`,
    ),
  );
  expect(stored.rows).toEqual([]);
});
