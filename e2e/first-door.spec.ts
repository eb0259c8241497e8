import { sessionCookies } from "#server/auth/cookie-names.ts";
import { adminPages, kindsOfRequest } from "./admin-paths.ts";
import { expect, test } from "./fixtures.ts";

for (const [kind, headers] of Object.entries(kindsOfRequest)) {
  test(`without a sign-in, ${kind} of every staff page is sent to sign in`, async ({ baseURL }) => {
    expect(adminPages().length).toBeGreaterThan(10);
    for (const path of adminPages()) {
      const response = await fetch(`${baseURL}${path}`, { headers, redirect: "manual" });
      expect([303, 307], path).toContain(response.status);
      expect(response.headers.get("location"), path).toContain("/admin/sign-in?next=");
      expect(response.headers.get("x-request-id"), path).toBeTruthy();
    }
  });

  test(`past the first door with a forged cookie, ${kind} of every staff page shows nothing`, async ({ baseURL, world }) => {
    for (const path of adminPages()) {
      const response = await fetch(`${baseURL}${path.replace("organizations/absent", `organizations/${world.id}`)}`, {
        headers: { ...headers, cookie: `${sessionCookies.staff}=forged` },
        redirect: "manual",
      });
      const text = await response.text();
      expect(text, path).not.toContain(world.name);
      const sentAway = [303, 307].includes(response.status) || text.includes("/admin/sign-in");
      expect(sentAway, `${path} ${response.status} ${text.slice(0, 300)}`).toBe(true);
    }
  });
}

test("the staff area's procedures refuse without a session, past the first door too", async ({ baseURL }) => {
  for (const cookie of ["", `${sessionCookies.staff}=forged`]) {
    const response = await fetch(`${baseURL}/admin/api/trpc/organizations.list?input=%7B%7D`, { headers: { cookie } });
    expect(response.status).toBe(401);
    expect(await response.json()).toMatchObject({ error: { data: { code: "UNAUTHENTICATED" } } });
  }
});

test("every answer carries the security headers", async ({ baseURL }) => {
  for (const path of ["/", "/sign-in", "/admin", "/api/trpc/account.get", "/nothing-here"]) {
    const { headers } = await fetch(`${baseURL}${path}`, { redirect: "manual" });
    expect(headers.get("content-security-policy"), path).toContain("frame-ancestors 'none'");
    expect(headers.get("x-content-type-options"), path).toBe("nosniff");
    expect(headers.get("x-powered-by"), path).toBeNull();
  }
});
