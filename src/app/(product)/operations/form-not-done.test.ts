import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { formHandler } from "#app/form-handler.ts";
import { readForm } from "#router/read-form.ts";
import { disconnect, writer } from "#server/db.ts";
import { AppError } from "#server/errors.ts";
import { findEvents, makeOrganization, unique } from "#testing/fixtures.ts";
import { signedInHeaders } from "#testing/session-cookies.ts";
import { startSwitchProxy } from "#testing/switch-proxy.ts";
import { POST } from "./[name]/route.ts";

let proxy: Awaited<ReturnType<typeof startSwitchProxy>>;

beforeAll(async () => {
  proxy = await startSwitchProxy(process.env.DATABASE_URL ?? "");
  process.env.DATABASE_URL = `${proxy.url}?query_timeout=700`;
  process.env.DATABASE_READER_URL = process.env.DATABASE_URL;
});
beforeEach(() => proxy.turn("on"));
afterAll(async () => {
  await disconnect();
  await proxy.stop();
});

async function makeForm() {
  const world = await makeOrganization();
  const headers = await signedInHeaders("product", world.people.admin.sessionId);
  headers.set("content-type", "application/x-www-form-urlencoded");
  headers.set("x-request-id", "req_of_the_test");
  const name = `Nightly <backup> & ${unique()}`;
  const body = new URLSearchParams({
    targetId: world.id,
    back: `/o/${world.slug}/api/new`,
    "input.name": name,
    "input.monitorsRead": "on",
  });
  const send = () => {
    const request = new Request("http://localhost:3000/operations/apiKey.create", { method: "POST", headers, body });
    return POST(request, { params: Promise.resolve({ name: "apiKey.create" }) });
  };
  return { world, name, body, send };
}

test.each(["off", "frozen"] as const)(
  "a form that comes while the database is %s is answered with all that was typed, and works when sent again",
  async (how) => {
    const { world, body, send } = await makeForm();
    await writer().$queryRaw`SELECT 1`;
    proxy.turn(how);
    const response = await send();
    const page = await response.text();
    expect(response.status).toBe(503);
    expect(Object.fromEntries(response.headers)).toMatchObject({ "cache-control": "no-store", "content-type": "text/html; charset=utf-8" });
    expect(page).toContain("The database cannot be reached. Nothing was changed; try again in a moment.");
    expect(page).toContain("req_of_the_test");
    expect(page).not.toMatch(/\bat .*\.(ts|js):\d+|Error:|prisma/i);
    expect(page).toContain('<form method="post" action="/operations/apiKey.create">');
    expect(Object.fromEntries(hiddenFields(page))).toEqual(Object.fromEntries(body));
    proxy.turn("on");
    expect((await send()).status).toBe(200);
    expect(await findEvents({ organizationId: world.id, operation: "apiKey.create" })).toMatchObject([{ outcome: "succeeded" }]);
  },
);

test("a form that is too large is refused at once, whole or in parts", async () => {
  const headers = { "content-type": "application/x-www-form-urlencoded" };
  const handler = formHandler(async (request) => {
    await readForm(request, 20_000);
    return new Response();
  });
  const parts = new Blob(["x".repeat(1_000_000)]).stream();
  for (const body of ["x".repeat(25_000), parts]) {
    const request = new Request("http://localhost:3000/sign-in/submit", { method: "POST", headers, body, duplex: "half" } as RequestInit);
    expect((await handler(request)).status).toBe(413);
  }
});

test("a password is not in the answer; it is asked for once more", async () => {
  const body = new URLSearchParams({ email: "ada@customer.example", password: "correct horse battery" });
  const headers = { "content-type": "application/x-www-form-urlencoded" };
  const handler = formHandler(async () => {
    throw new AppError("OUTCOME_UNKNOWN");
  });
  const response = await handler(new Request("http://localhost:3000/sign-in/submit", { method: "POST", headers, body }));
  const page = await response.text();
  expect(response.status).toBe(503);
  expect(page).not.toContain("correct horse");
  expect(page).toContain("it is not known whether it was done. Look before you do it again.");
  expect(page).toMatch(/<input type="password" name="password"/);
  expect(hiddenFields(page)).toEqual([["email", "ada@customer.example"]]);
});

function hiddenFields(page: string): [string, string][] {
  const plain = (text: string) =>
    text
      .replace(/&lt;/g, "<")
      .replace(/&gt;/g, ">")
      .replace(/&quot;/g, '"')
      .replace(/&amp;/g, "&");
  return [...page.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)">/g)].map(([, name = "", value = ""]) => [
    name,
    plain(value),
  ]);
}
