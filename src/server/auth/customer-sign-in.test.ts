import { expect, test } from "vitest";
import { asRole } from "#testing/database.ts";
import { arrange, findEvents, makeOrganization } from "#testing/fixtures.ts";
import { reader } from "../db.ts";
import { signInCustomer, signInRefused } from "./customer-sign-in.ts";
import { maxFailedSignIns } from "./lock-out.ts";
import { hashPassword } from "./password.ts";
import { requestInfo } from "./request-info.ts";

const password = "correct horse battery";
const request = requestInfo(new Headers({ "x-forwarded-for": "192.0.2.44", "user-agent": "Test" }));

async function makePerson() {
  const organization = await makeOrganization();
  const passwordHash = await hashPassword(password);
  const person = organization.people.member;
  await arrange((db) => db.user.update({ where: { id: person.id }, data: { passwordHash }, select: { id: true } }));
  return { ...person, organization };
}

function signIn(email: string, typed = password, replaces: string | null = null) {
  return signInCustomer({ email, password: typed, request, replaces });
}

test("the right password begins a session, with the event that names the person", async () => {
  const person = await makePerson();
  const { sessionId } = await signIn(person.email);
  const session = await reader().session.findUniqueOrThrow({ where: { id: sessionId } });
  expect(session).toMatchObject({ userId: person.id, sourceIp: "192.0.2.44", userAgent: "Test", endedAt: null });
  const [event] = await findEvents({ operation: "user.signIn", actorId: person.id });
  expect(event).toMatchObject({ actorType: "user", outcome: "succeeded", targetId: person.id, requestId: request.requestId });
});

test("the browser's former session ends", async () => {
  const person = await makePerson();
  await signIn(person.email, password, person.sessionId);
  expect((await reader().session.findUniqueOrThrow({ where: { id: person.sessionId } })).endedAt).not.toBeNull();
});

test("a wrong password, an absent address and somebody without a password get the same answer", async () => {
  const { email, organization } = await makePerson();
  const refused = { code: "UNAUTHENTICATED", userMessage: signInRefused };
  await expect(signIn(email, "wrong")).rejects.toMatchObject(refused);
  await expect(signIn("nobody@nowhere.example")).rejects.toMatchObject(refused);
  await expect(signIn(organization.people.owner.email)).rejects.toMatchObject(refused);
  await expect(signIn(organization.people.owner.email, "")).rejects.toMatchObject(refused);
});

test("after ten failures even the right password waits, with the same answer, until the database's clock lets it", async () => {
  const person = await makePerson();
  for (let attempt = 0; attempt < maxFailedSignIns; attempt += 1) await expect(signIn(person.email, "wrong")).rejects.toThrow();
  await expect(signIn(person.email)).rejects.toMatchObject({ code: "UNAUTHENTICATED", userMessage: signInRefused });
  expect(await findEvents({ operation: "user.lockOut", targetId: person.id })).toHaveLength(1);
  await asRole("superuser", (client) => client.query(`UPDATE "Lockout" SET "until" = now() WHERE "userId" = $1`, [person.id]));
  await expect(signIn(person.email)).resolves.toBeTruthy();
});

test("attempts in parallel do not outrun the count", async () => {
  const person = await makePerson();
  const attempts = await Promise.allSettled(Array.from({ length: 30 }, (_, index) => signIn(person.email, `wrong ${index}`)));
  expect(attempts.every(({ status }) => status === "rejected")).toBe(true);
  expect(await findEvents({ operation: "user.lockOut", targetId: person.id })).toHaveLength(1);
  await expect(signIn(person.email)).rejects.toMatchObject({ code: "UNAUTHENTICATED" });
});

test("a success forgets earlier failures", async () => {
  const person = await makePerson();
  for (let attempt = 1; attempt < maxFailedSignIns; attempt += 1) await expect(signIn(person.email, "wrong")).rejects.toThrow();
  await signIn(person.email);
  expect((await reader().user.findUniqueOrThrow({ where: { id: person.id }, select: { failedSignIns: true } })).failedSignIns).toBe(0);
});

test("where every organization is suspended the right password is told so by name, a wrong one is not", async () => {
  const { email, organization } = await makePerson();
  await arrange((db) =>
    db.suspension.create({ data: { organizationId: organization.id, reason: "r", ticket: "t" }, select: { id: true } }),
  );
  await expect(signIn(email)).rejects.toMatchObject({ code: "SUSPENDED", userMessage: expect.stringContaining(organization.name) });
  await expect(signIn(email, "wrong")).rejects.toMatchObject({ code: "UNAUTHENTICATED", userMessage: signInRefused });
});
