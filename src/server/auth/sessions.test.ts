import { expect, test, vi } from "vitest";
import { env } from "#env.ts";
import { asRole } from "#testing/database.ts";
import { arrange, makeOrganization, makeStaff } from "#testing/fixtures.ts";
import { signedInHeaders } from "#testing/session-cookies.ts";
import { productContext, staffContext } from "../context.ts";
import { reader } from "../db.ts";

const minute = 60_000;

function age(table: "Session" | "StaffSession", id: string, changes: string) {
  return asRole("superuser", (client) => client.query(`UPDATE "${table}" SET ${changes} WHERE "id" = $1`, [id]));
}

test("a staff session gives its person, with granted roles and what they imply", async () => {
  const staff = await makeStaff("viewer");
  await arrange((db) => db.staffRoleGrant.create({ data: { staffMemberId: staff.id, role: "operations" }, select: { id: true } }));
  const { actor } = await staffContext(await signedInHeaders("staff", staff.sessionId));
  expect(actor).toEqual({ ...staff, roles: ["viewer", "support", "billing", "operations"] });
});

test("a token that is forged, expired, of the other surface or of no session gives nobody", async () => {
  const staff = await makeStaff("admin");
  const { sessionId } = (await makeOrganization()).people.owner;
  const bad = await Promise.all([
    signedInHeaders("staff", staff.sessionId, { secret: "forged".repeat(8) }),
    signedInHeaders("staff", staff.sessionId, { secret: env().PRODUCT_AUTH_SECRET }),
    signedInHeaders("staff", staff.sessionId, { maxAge: -60 }),
    signedInHeaders("staff", sessionId),
    signedInHeaders("staff", "sts_000000000000000000000000"),
    signedInHeaders("product", staff.sessionId),
    new Headers({ cookie: "countersign.staff-session=garbage" }),
    new Headers(),
  ]);
  for (const headers of bad) expect((await staffContext(headers)).actor).toBeNull();
  for (const headers of bad) expect((await productContext(headers)).actor).toBeNull();
});

test.each([
  ["ended", '"endedAt" = now()'],
  ["idle for 30 minutes", `"lastSeenAt" = now() - interval '30 minutes 1 second'`],
  ["8 hours old", `"createdAt" = now() - interval '8 hours', "expiresAt" = now()`],
])("a staff session that is %s counts no more at the next request, whatever this machine's clock says", async (_, changes) => {
  const staff = await makeStaff("support");
  const headers = await signedInHeaders("staff", staff.sessionId);
  expect((await staffContext(headers)).actor?.id).toBe(staff.id);
  await age("StaffSession", staff.sessionId, changes);
  vi.useFakeTimers({ now: Date.now() - 5 * minute, toFake: ["Date"] });
  expect((await staffContext(headers)).actor).toBeNull();
  vi.useRealTimers();
});

test("being used keeps a staff session from idling, noted at most once a minute", async () => {
  const staff = await makeStaff("support");
  await age("StaffSession", staff.sessionId, `"lastSeenAt" = now() - interval '29 minutes'`);
  await staffContext(await signedInHeaders("staff", staff.sessionId));
  await vi.waitFor(async () => {
    const { lastSeenAt } = await reader().staffSession.findUniqueOrThrow({ where: { id: staff.sessionId } });
    expect(Date.now() - lastSeenAt.getTime()).toBeLessThan(minute);
  });
});

test.each([
  ["ended", '"endedAt" = now()'],
  ["30 days old", '"expiresAt" = now()'],
])("a customer's session that is %s counts no more at the next request", async (_, changes) => {
  const { sessionId, actor } = (await makeOrganization()).people.member;
  const headers = await signedInHeaders("product", sessionId);
  expect((await productContext(headers)).actor).toEqual(actor);
  await age("Session", sessionId, changes);
  expect((await productContext(headers)).actor).toBeNull();
});

test("a suspended organization is no membership from the next request on, and is named", async () => {
  const organization = await makeOrganization();
  const headers = await signedInHeaders("product", organization.people.owner.sessionId);
  await arrange((db) =>
    db.suspension.create({ data: { organizationId: organization.id, reason: "r", ticket: "t" }, select: { id: true } }),
  );
  const { actor, closedOrganizations } = await productContext(headers);
  expect(actor).toMatchObject({ id: organization.people.owner.id, memberships: [] });
  expect(closedOrganizations).toMatchObject([{ name: organization.name, kind: "suspended" }]);
});
