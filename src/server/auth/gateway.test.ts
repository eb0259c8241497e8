import { NextRequest } from "next/server";
import { expect, test } from "vitest";
import { middleware } from "../../../middleware.ts";

function request(path: string, headers: Record<string, string> = {}): Response {
  return middleware(new NextRequest(new URL(path, "http://localhost:3000"), { headers }));
}

const passes = (response: Response) => response.headers.get("x-middleware-next") === "1";

test.each(["/", "/sign-in", "/administrator", "/admin/sign-in", "/admin/sign-in/refused", "/admin/api/auth/callback/staff?code=1"])(
  "%s is open",
  (path) => {
    expect(passes(request(path))).toBe(true);
  },
);

test.each(["/ping/%FF", "/o/%/monitors", "/admin/%C3%28"])("%s cannot be decoded, which is the sender's fault", (path) => {
  expect(request(path).status).toBe(400);
});

test.each(["/admin", "/admin/", "/%61dmin/x", "/admin/sign-input", "/admin/organizations?q=a%26b"])(
  "%s leads to the sign-in and back, for pages, prefetches and navigation alike",
  (path) => {
    for (const headers of [{}, { purpose: "prefetch", "next-router-prefetch": "1" }, { rsc: "1" }]) {
      const response = request(path, headers as Record<string, string>);
      expect(response.status).toBe(303);
      const location = new URL(response.headers.get("location") ?? "");
      expect(location.pathname).toBe("/admin/sign-in");
      expect(location.searchParams.get("next")).toBe(path);
    }
  },
);

test("programs get a status instead of a page", async () => {
  const response = request("/admin/api/trpc/organizations.get");
  expect(response.status).toBe(401);
  expect(await response.json()).toMatchObject({ error: { data: { code: "UNAUTHENTICATED" } } });
});

test("a staff cookie opens this door, and only this one: the session is looked up behind it", () => {
  expect(passes(request("/admin", { cookie: "countersign.staff-session=x" }))).toBe(true);
  expect(passes(request("/admin", { cookie: "__Secure-countersign.staff-session=x" }))).toBe(true);
  expect(passes(request("/admin", { cookie: "countersign.product-session=x; countersign.staff-csrf=x" }))).toBe(false);
});

test("a request id is made here and taken from nobody; each answer has its own nonce", () => {
  const [first, second] = [request("/", { "x-request-id": "forged" }), request("/")];
  expect(first.headers.get("x-request-id")).toMatch(/^[0-9a-f-]{36}$/);
  expect(first.headers.get("x-middleware-request-x-request-id")).toBe(first.headers.get("x-request-id"));
  expect(first.headers.get("x-middleware-request-content-security-policy")).toBe(first.headers.get("content-security-policy"));
  expect(first.headers.get("content-security-policy")).not.toBe(second.headers.get("content-security-policy"));
});

test("refusals carry the security headers too, and only the staff sign-in's form may leave this site", () => {
  for (const path of ["/", "/admin", "/admin/api/trpc/x"]) {
    const { headers } = request(path);
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(headers.get("content-security-policy")).toContain("frame-ancestors 'none'; form-action 'self'");
    expect(headers.get("content-security-policy")).not.toContain("unsafe");
  }
  expect(request("/admin/sign-in").headers.get("content-security-policy")).not.toContain("form-action");
});
