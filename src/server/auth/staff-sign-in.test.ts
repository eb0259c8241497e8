import { expect, test } from "vitest";
import { asRole } from "#testing/database.ts";
import { arrange, findEvents, makeOrganization, unique } from "#testing/fixtures.ts";
import { beginImpersonation } from "#testing/scenarios/impersonations.ts";
import { signedInHeaders } from "#testing/session-cookies.ts";
import { staffContext } from "../context.ts";
import { reader } from "../db.ts";
import { findImpersonation } from "../impersonation-session.ts";
import { requestInfo } from "./request-info.ts";
import { signOutStaff } from "./sign-out.ts";
import { readStaffClaims } from "./staff-claims.ts";
import { refuseStaff, signInStaff } from "./staff-sign-in.ts";

const request = requestInfo(new Headers({ "user-agent": "Test" }));

function claimsOf(changes: Record<string, unknown> = {}) {
  const key = unique();
  const person = { iss: "https://idp.example", sub: key, email: `${key}@countersign.example`, name: `Person ${key}` };
  const proof = {
    groups: ["countersign-staff", "countersign-support"],
    amr: ["pwd", "mfa"],
    auth_time: Math.floor(Date.now() / 1000) - 60,
  };
  return readStaffClaims({ ...person, ...proof, ...changes });
}

function signIn(claims: ReturnType<typeof claimsOf>, replaces: string | null = null) {
  return signInStaff({ claims, request, replaces });
}

async function contextOf(sessionId: string) {
  const context = await staffContext(await signedInHeaders("staff", sessionId));
  if (context.actor?.type !== "staff") throw new Error("Nobody is signed in.");
  return { ...context, actor: context.actor };
}

test("the first sign-in makes the staff member, the next one finds it again with the new name", async () => {
  const claims = claimsOf();
  const first = await contextOf(await signIn(claims));
  const second = await contextOf(await signIn({ ...claims, name: "New Name", groups: ["countersign-staff", "countersign-billing"] }));
  expect(first.actor).toMatchObject({
    label: claims.name,
    roles: ["viewer", "support"],
    authenticatedAt: new Date(claims.auth_time * 1000),
  });
  expect(second.actor).toMatchObject({ id: first.actor.id, label: "New Name", roles: ["viewer", "billing"] });
  const events = await findEvents({ operation: "staff.signIn", actorId: first.actor.id });
  expect(events.map(({ outcome, actorRoles }) => ({ outcome, actorRoles }))).toEqual([
    { outcome: "succeeded", actorRoles: ["viewer", "support"] },
    { outcome: "succeeded", actorRoles: ["viewer", "billing"] },
  ]);
});

test("an address is kept in lower case, however the identity provider spells it", async () => {
  const claims = claimsOf({ email: "Sam.Okafor@Countersign.Example" });
  expect(claims.email).toBe("sam.okafor@countersign.example");
  const { actor } = await contextOf(await signIn(claims));
  expect(await reader().staffMember.findUnique({ where: { id: actor.id }, select: { email: true } })).toEqual({ email: claims.email });
});

test("roles granted here count beside those from groups", async () => {
  const claims = claimsOf({ groups: ["countersign-staff"] });
  const { actor } = await contextOf(await signIn(claims));
  expect(actor.roles).toEqual([]);
  await arrange((db) => db.staffRoleGrant.create({ data: { staffMemberId: actor.id, role: "viewer" }, select: { id: true } }));
  expect((await contextOf(actor.sessionId)).actor.roles).toEqual(["viewer"]);
});

test.each([
  ["group", { groups: ["countersign-admin"] }],
  ["group", { groups: undefined }],
  ["mfa", { amr: ["pwd"] }],
  ["mfa", { amr: undefined }],
])("refused for want of the %s: %j", async (refusal, changes) => {
  const claims = claimsOf(changes);
  expect(await refuseStaff(claims, request)).toBe(refusal);
  await expect(signIn(claims)).rejects.toMatchObject({ code: "FORBIDDEN" });
  expect(await reader().staffMember.findFirst({ where: { subject: claims.sub } })).toBeNull();
  const [event] = await findEvents({ operation: "staff.signIn", actorLabel: claims.email });
  expect(event).toMatchObject({ outcome: "denied", actorType: "system" });
});

test("a token that does not say when the person signed in is not accepted", () => {
  expect(() => claimsOf({ auth_time: undefined })).toThrow();
});

test("nobody has signed in in the future", async () => {
  const { actor } = await contextOf(await signIn(claimsOf({ auth_time: Math.floor(Date.now() / 1000) + 86_400 })));
  expect(actor.authenticatedAt.getTime()).toBeLessThanOrEqual(Date.now() + 1_000);
});

test("a new sign-in ends the browser's former session, and signing out ends the present one", async () => {
  const claims = claimsOf();
  const former = await signIn(claims);
  const present = await contextOf(await signIn(claims, former));
  await expect(contextOf(former)).rejects.toThrow("Nobody");
  await signOutStaff(present);
  await expect(contextOf(present.actor.sessionId)).rejects.toThrow("Nobody");
  const [event] = await findEvents({ operation: "staff.signOut", actorId: present.actor.id });
  expect(event).toMatchObject({ outcome: "succeeded", sessionId: present.actor.sessionId });
});

test.each([
  ["the same person's fresh sign-in takes along", true, ""],
  ["somebody else's sign-in in the same browser ends", false, ""],
  ["a sign-in after the session was revoked does not revive", true, `UPDATE "StaffSession" SET "endedAt" = now() WHERE "id" = $1`],
  [
    "a sign-in after half an hour's absence does not revive",
    true,
    `UPDATE "StaffSession" SET "lastSeenAt" = now() - interval '31 minutes' WHERE "id" = $1`,
  ],
])("%s what the former session was viewing, without more time", async (sentence, samePerson, meanwhile) => {
  const claims = claimsOf();
  const former = (await contextOf(await signIn(claims))).actor;
  const world = await makeOrganization();
  const { id } = await beginImpersonation({ starter: former, world, userId: world.people.member.id });
  const expiry = () => reader().impersonation.findUniqueOrThrow({ where: { id }, select: { expiresAt: true, staffMemberId: true } });
  const before = await expiry();
  if (meanwhile) await asRole("superuser", (client) => client.query(meanwhile, [former.sessionId]));
  await signIn(samePerson ? claims : claimsOf(), former.sessionId);
  const found = await findImpersonation(id);
  expect(found !== null).toBe(sentence.endsWith("takes along"));
  expect(await expiry()).toEqual(before);
});
