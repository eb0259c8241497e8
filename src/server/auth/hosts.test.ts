import { afterEach, describe, expect, test, vi } from "vitest";

const before = { ...process.env };
afterEach(() => {
  process.env.APP_URL = before.APP_URL;
  process.env.AUTH_URL = before.AUTH_URL;
  delete process.env.STAFF_URL;
  vi.resetModules();
});

/** The modules as a process with this configuration loads them. */
async function configured(variables: Record<string, string>) {
  Object.assign(process.env, variables);
  vi.resetModules();
  return { ...(await import("./hosts.ts")), ...(await import("./cookies.ts")), ...(await import("#env.ts")) };
}

const two = { APP_URL: "https://app.example.com", STAFF_URL: "https://admin.example.com" };

describe("with a host for each", () => {
  test.each([
    ["/admin", "admin.example.com", true],
    ["/admin/api/trpc", "admin.example.com", true],
    ["/", "admin.example.com", false],
    ["/administration", "admin.example.com", false],
    ["/", "app.example.com", true],
    ["/admin", "app.example.com", false],
    ["/admin", "admin.example.com.evil.example", false],
    ["/admin", null, false],
    ["/healthz", "admin.example.com", true],
    ["/healthz", "app.example.com", true],
  ])("%s at %s is served: %s", async (path, host, served) => {
    const { servesHere } = await configured(two);
    expect(servesHere({ path, host })).toBe(served);
  });

  test("links and origins lead to the right one, and the staff's sign-in comes back to its own", async () => {
    const { addressOf, originOf, otherOrigin, env } = await configured(two);
    expect(addressOf("/admin/impersonations?x=1")).toBe("https://admin.example.com/admin/impersonations?x=1");
    expect(addressOf("/o/northwind")).toBe("https://app.example.com/o/northwind");
    expect([originOf("/admin/sign-in"), originOf("/sign-in")]).toEqual([two.STAFF_URL, two.APP_URL]);
    expect([otherOrigin("/admin"), otherOrigin("/")]).toEqual([two.APP_URL, two.STAFF_URL]);
    expect([env().STAFF_URL, process.env.AUTH_URL]).toEqual([two.STAFF_URL, two.STAFF_URL]);
  });

  test("one with TLS and one without is refused at the start", async () => {
    const { env } = await configured({ ...two, STAFF_URL: "http://admin.example.com" });
    expect(() => env()).toThrow(/STAFF_URL: Both addresses/);
  });
});

describe("with one host", () => {
  test("everything is served there, by paths alone", async () => {
    const { servesHere, addressOf, otherOrigin } = await configured({ APP_URL: "https://app.example.com" });
    expect(servesHere({ path: "/admin", host: "app.example.com" })).toBe(true);
    expect(servesHere({ path: "/", host: "anything.example" })).toBe(true);
    expect(addressOf("/admin")).toBe("/admin");
    expect(otherOrigin("/admin")).toBeNull();
  });

  test("the impersonation's cookie is for this host alone under TLS, and never for scripts", async () => {
    const { impersonationCookieFullName, cookieOptions } = await configured({ APP_URL: "https://app.example.com" });
    expect(impersonationCookieFullName()).toBe("__Host-countersign.impersonation");
    expect(cookieOptions("/")).toEqual({ httpOnly: true, sameSite: "lax", path: "/", secure: true });
    const plain = await configured({ APP_URL: "http://localhost:3000" });
    expect(plain.impersonationCookieFullName()).toBe("countersign.impersonation");
  });
});
