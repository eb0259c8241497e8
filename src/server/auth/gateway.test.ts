import { createServer, type IncomingHttpHeaders, request } from "node:http";
import type { AddressInfo } from "node:net";
import { NextRequest } from "next/server";
import { afterAll, beforeAll, expect, test } from "vitest";
import { middleware } from "../../middleware.dev.ts";
import { behindFirstDoor } from "../first-door-listener.ts";

type Answer = { status: number; passes: boolean; header: (name: string) => string; passedOn: (name: string) => string; text: string };
type Ask = (path: string, headers?: Record<string, string>) => Promise<Answer>;

const server = createServer(behindFirstDoor(({ headers }, response) => response.writeHead(299).end(JSON.stringify(headers))));
beforeAll(() => new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready)));
afterAll(() => server.close());

const inProduction: Ask = (path, headers = {}) =>
  new Promise((resolve, reject) => {
    const { port } = server.address() as AddressInfo;
    const sent = request({ host: "127.0.0.1", port, path, headers }, async (incoming) => {
      const text = (await incoming.setEncoding("utf8").toArray()).join("");
      const passes = incoming.statusCode === 299;
      const handed: IncomingHttpHeaders = passes ? JSON.parse(text) : {};
      const header = (name: string) => incoming.headers[name]?.toString() ?? "";
      resolve({ status: incoming.statusCode ?? 0, passes, header, passedOn: (name) => handed[name]?.toString() ?? "", text });
    });
    sent.on("error", reject).end();
  });

const inDevelopment: Ask = async (path, headers = {}) => {
  const response = middleware(new NextRequest(new URL(path, "http://localhost:3000"), { headers }));
  const header = (name: string) => response.headers.get(name) ?? "";
  const passes = header("x-middleware-next") === "1";
  return {
    status: response.status,
    passes,
    header,
    passedOn: (name) => header(`x-middleware-request-${name}`),
    text: await response.text(),
  };
};

const kindsOfRequest: Record<string, string>[] = [{}, { purpose: "prefetch", "next-router-prefetch": "1" }, { rsc: "1" }];

for (const [where, ask] of Object.entries({ inProduction, inDevelopment })) {
  test.each(["/", "/sign-in", "/administrator", "/admin/sign-in", "/admin/sign-in/refused", "/admin/api/auth/callback/staff?code=1"])(
    `${where}: %s is open`,
    async (path) => {
      expect((await ask(path)).passes).toBe(true);
    },
  );

  test.each(["/ping/%FF", "/o/%/monitors", "/admin/%C3%28"])(
    `${where}: %s cannot be decoded, which is the sender's fault`,
    async (path) => {
      expect((await ask(path)).status).toBe(400);
    },
  );

  test.each(["/admin", "/admin/", "/%61dmin/x", "/admin/sign-input", "/admin/organizations?q=a%26b"])(
    `${where}: %s leads to the sign-in and back, for pages, prefetches and navigation alike`,
    async (path) => {
      for (const headers of kindsOfRequest) {
        const { status, header } = await ask(path, headers);
        expect(status).toBe(303);
        const location = new URL(header("location"), "http://localhost:3000");
        expect(location.pathname).toBe("/admin/sign-in");
        expect(location.searchParams.get("next")).toBe(path);
      }
    },
  );

  test(`${where}: programs get a status instead of a page`, async () => {
    const { status, text } = await ask("/admin/api/trpc/organizations.get");
    expect(status).toBe(401);
    expect(JSON.parse(text)).toMatchObject({ error: { data: { code: "UNAUTHENTICATED" } } });
  });

  test(`${where}: a staff cookie opens this door, and only this one: the session is looked up behind it`, async () => {
    const passes = async (cookie: string) => (await ask("/admin", { cookie })).passes;
    expect(await passes("countersign.staff-session=x")).toBe(true);
    expect(await passes("a=b; __Secure-countersign.staff-session=x")).toBe(true);
    expect(await passes("countersign.product-session=x; countersign.staff-csrf=x")).toBe(false);
    expect(await passes("xcountersign.staff-session=x; a=countersign.staff-session=x; countersign-staff-session=x")).toBe(false);
  });

  test(`${where}: a request id is made here and taken from nobody; each answer has its own nonce`, async () => {
    const [first, second] = [await ask("/", { "x-request-id": "forged", "content-security-policy": "'nonce-x'" }), await ask("/")];
    expect(first.header("x-request-id")).toMatch(/^[0-9a-f-]{36}$/);
    expect(first.passedOn("x-request-id")).toBe(first.header("x-request-id"));
    expect(first.passedOn("content-security-policy")).toBe(first.header("content-security-policy"));
    expect(first.header("content-security-policy")).not.toBe(second.header("content-security-policy"));
  });

  test(`${where}: refusals carry the security headers too, and only the staff sign-in's form may leave this site`, async () => {
    for (const path of ["/", "/admin", "/admin/api/trpc/x"]) {
      const { header } = await ask(path);
      expect(header("x-content-type-options")).toBe("nosniff");
      expect(header("content-security-policy")).toContain("frame-ancestors 'none'; form-action 'self'");
      expect(header("content-security-policy")).not.toContain("unsafe");
    }
    expect((await ask("/admin/sign-in")).header("content-security-policy")).not.toContain("form-action");
  });
}

test("in production, what is no path at all is refused, and whatever leads there is looked at as Next reads it", async () => {
  expect((await inProduction("*")).status).toBe(400);
  expect((await inProduction("http://elsewhere.example/admin")).status).toBe(303);
  expect((await inProduction("/x/../admin")).status).toBe(303);
  expect((await inProduction("/_next/static/../../admin")).status).toBe(303);
});
