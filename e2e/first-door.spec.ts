import { staffRouter } from "#router/staff-router.ts";
import { sessionCookies } from "#server/auth/cookie-names.ts";
import { sessionCookieName } from "#server/auth/cookies.ts";
import { listProcedures } from "#server/check-router.ts";
import { wordsOf } from "#testing/askers.ts";
import { arrange, makeStaff } from "#testing/fixtures.ts";
import { type Asked, readInputs } from "#testing/read-inputs.ts";
import { makeSatellites } from "#testing/satellites.ts";
import { signedInHeaders } from "#testing/session-cookies.ts";
import { adminPages, kindsOfRequest } from "./admin-paths.ts";
import { expect, test } from "./fixtures.ts";
import { type Sent, send } from "./raw-request.ts";
import { fillPlaces, routeHandlers } from "./route-handlers.ts";

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

/** They begin and end a sign-in, and so are open to everybody. */
const openToAll = ["/admin/sign-in/start", "/admin/api/auth/[...nextauth]"];

test("every procedure and route handler of the staff area refuses without a session, past the first door too", async ({ world }) => {
  const staff = await makeStaff("admin");
  const ids = await makeSatellites(world, staff);
  await arrange((db) => db.staffSession.update({ where: { id: staff.sessionId }, data: { endedAt: new Date() }, select: { id: true } }));
  const cookieOf = async (sessionId: string) => (await signedInHeaders("staff", sessionId)).get("cookie") ?? "";
  const cookies = {
    "no cookie": "",
    "a forged one": `${sessionCookieName("staff")}=forged`,
    "one that names no session": await cookieOf("sts_000000000000000000000000"),
    "one of an ended session": await cookieOf(staff.sessionId),
  };
  const asked = [...everyCall({ world, ids, words: world.slug }), ...everyHandler(world.id, ids)];
  expect(asked.length).toBeGreaterThan(250);
  for (const [kind, cookie] of Object.entries(cookies)) {
    const answers = await Promise.all(asked.map((sent) => send({ ...sent, headers: { ...sent.headers, cookie } })));
    for (const [index, { status, text, headers }] of answers.entries()) {
      const which = `${asked[index]?.method} ${asked[index]?.path} with ${kind}: ${status} ${text.slice(0, 300)}`;
      if (asked[index]?.path.startsWith("/admin/api/")) expect(status, which).toBe(401);
      else expect(`${status} ${String(headers.location).replace(/\?.*/, "")}`, which).toBe("303 /admin/sign-in");
      expect(
        [...wordsOf(world), world.slug].filter((words) => text.includes(words)),
        which,
      ).toEqual([]);
    }
  }
});

/** Each with an input that asks for this world. */
function everyCall(about: Asked): Sent[] {
  const { staff: inputs } = readInputs(about);
  return listProcedures(staffRouter).map(({ path, type }): Sent => {
    const url = `/admin/api/trpc/${path}`;
    if (type === "query")
      return { method: "GET", path: `${url}?input=${encodeURIComponent(JSON.stringify(inputs[path] ?? {}))}`, headers: {} };
    const body = JSON.stringify({ id: about.ids.proposal, targetId: about.world.id, input: {}, reason: "Nobody asks", ticket: "T-1" });
    return { method: "POST", path: url, headers: { "content-type": "application/json" }, body };
  });
}

function everyHandler(organizationId: string, ids: Asked["ids"]): Sent[] {
  const places: Record<string, Record<string, string>> = {
    "/admin/invoices/[id]/pdf": { id: ids.invoice },
    "/admin/bulk/[id]/report": { id: ids.bulkRun },
    "/admin/impersonations/[id]/enter": { id: ids.impersonation },
    "/admin/organizations/[id]/exports/[exportId]/download": { id: organizationId, exportId: ids.export },
    "/admin/operations/[name]/submit": { name: "organization.rename" },
  };
  const found = routeHandlers().filter(({ path }) => path.startsWith("/admin/") && !path.includes("/trpc/") && !openToAll.includes(path));
  return found.flatMap(({ path, methods }) =>
    methods.map((method): Sent => {
      const address = fillPlaces(path, places[path] ?? { id: ids.proposal });
      if (method === "GET") return { method, path: `${address}?format=csv`, headers: {} };
      const headers = { "content-type": "application/x-www-form-urlencoded" };
      return { method, path: address, headers, body: `targetId=${organizationId}&reason=Nobody+asks&operation=proposal.comment` };
    }),
  );
}

test("every answer carries the security headers", async ({ baseURL }) => {
  for (const path of ["/", "/sign-in", "/admin", "/api/trpc/account.get", "/nothing-here"]) {
    const { headers } = await fetch(`${baseURL}${path}`, { redirect: "manual" });
    expect(headers.get("content-security-policy"), path).toContain("frame-ancestors 'none'");
    expect(headers.get("x-content-type-options"), path).toBe("nosniff");
    expect(headers.get("x-powered-by"), path).toBeNull();
  }
});
