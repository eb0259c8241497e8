import { expect, test } from "vitest";
import { asRole } from "#testing/database.ts";
import { arrange, makeOrganization, makeStaff } from "#testing/fixtures.ts";
import { signedInHeaders, withCookie } from "#testing/session-cookies.ts";
import { productContext, staffContext } from "./context.ts";
import { impersonationCookie } from "./impersonation-session.ts";

async function startImpersonation() {
  const [staff, organization, other] = [await makeStaff("support"), await makeOrganization(), await makeOrganization()];
  const { owner, member } = organization.people;
  await arrange((db) =>
    db.membership.create({ data: { organizationId: other.id, userId: member.id, role: "admin" }, select: { id: true } }),
  );
  const data = {
    staffMemberId: staff.id,
    staffSessionId: staff.sessionId,
    userId: member.id,
    organizationId: organization.id,
    reason: "test",
    ticket: "T-1",
    startEventId: "evt_test",
  };
  const { id } = await arrange((db) => db.impersonation.create({ data, select: { id: true } }));
  const headers = withCookie(await signedInHeaders("product", owner.sessionId), await impersonationCookie(id));
  return { id, staff, organization, member, headers };
}

test("both people are known, and the seat reaches only the one organization", async () => {
  const { id, staff, organization, member, headers } = await startImpersonation();
  const context = await productContext(headers);
  expect(context.actor).toEqual({ ...staff, impersonating: id });
  const memberships = [{ organizationId: organization.id, role: "member" }];
  expect(context.onBehalfOf).toEqual({ id: member.id, label: member.name, email: member.email, memberships });
  expect(context.impersonation).toMatchObject({
    id,
    mode: "readOnly",
    organizationId: organization.id,
    organizationName: organization.name,
  });
  const ownContext = await staffContext(await signedInHeaders("staff", staff.sessionId));
  expect(ownContext.actor).toMatchObject({ impersonating: id });
  expect(ownContext.onBehalfOf).toBeNull();
});

test.each([
  ["was ended", `UPDATE "Impersonation" SET "endedAt" = now() WHERE "id" = $1`],
  ["is 30 minutes old", `UPDATE "Impersonation" SET "startedAt" = now() - interval '30 minutes', "expiresAt" = now() WHERE "id" = $1`],
  ["lost its staff session", ofSession(`"endedAt" = now()`)],
  ["outlived its staff session", ofSession(`"createdAt" = now() - interval '8 hours', "expiresAt" = now()`)],
  ["idled with its staff session", ofSession(`"lastSeenAt" = now() - interval '31 minutes'`)],
  ["is of somebody without the role", ofSession(`"groupRoles" = '{billing}'`)],
  [
    "is as somebody who left",
    `DELETE FROM "Membership" m USING "Impersonation" i WHERE i."id" = $1 AND m."userId" = i."userId" AND m."organizationId" = i."organizationId"`,
  ],
])("an impersonation that %s gives nobody, and never the customer whose own cookie is there", async (_, sql) => {
  const { id, headers } = await startImpersonation();
  await asRole("superuser", (client) => client.query(sql, [id]));
  const context = await productContext(headers);
  expect(context).toMatchObject({ actor: null, onBehalfOf: null, impersonation: null, endedImpersonation: { id } });
});

test("a forged impersonation cookie counts for nothing", async () => {
  const { id } = await startImpersonation();
  const { name } = await impersonationCookie(id);
  const context = await productContext(new Headers({ cookie: `${name}=${id}` }));
  expect(context).toMatchObject({ actor: null, impersonation: null, endedImpersonation: null });
});

function ofSession(changes: string): string {
  return `UPDATE "StaffSession" s SET ${changes} FROM "Impersonation" i WHERE i."id" = $1 AND i."staffSessionId" = s."id"`;
}
