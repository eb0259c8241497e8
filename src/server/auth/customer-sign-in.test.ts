import { expect, test } from "vitest";
import { accountTask } from "#tasks/account.ts";
import { asRole } from "#testing/database.ts";
import { arrange, findEvents, makeOrganization, unique } from "#testing/fixtures.ts";
import { type QueuedJob, queuedJobs } from "#testing/queued-jobs.ts";
import { accountPassword as password, setPassword } from "#testing/scenarios/accounts.ts";
import { reader } from "../db.ts";
import { signInCustomer, signInRefused } from "./customer-sign-in.ts";
import { requestInfo } from "./request-info.ts";
import { addressKey, signInPolicies, sourceKey } from "./throttle.ts";

const { free } = signInPolicies.address;

/** From a source of its own, so that tests do not count for each other. */
function requestFrom(source = unique()) {
  return requestInfo(new Headers({ "x-forwarded-for": source, "user-agent": "Test" }));
}

async function makePerson() {
  const organization = await makeOrganization();
  const person = organization.people.member;
  await setPassword(person.id);
  return { ...person, organization };
}

function signIn(email: string, typed = password, { request = requestFrom(), replaces = null as string | null } = {}) {
  return signInCustomer({ email, password: typed, request, replaces });
}

/** The answer to each attempt, in words; null for one that came in. */
async function answers(email: string, typed: readonly string[], request = requestFrom()) {
  const found: (string | null)[] = [];
  for (const one of typed) {
    const answer = signIn(email, one, { request }).then(() => null);
    found.push(await answer.catch((error: { userMessage: string }) => error.userMessage));
  }
  return found;
}

function waitIsOver(email: string) {
  return asRole("superuser", (client) =>
    client.query(`UPDATE "SignInThrottle" SET "blockedUntil" = now() WHERE "id" = $1`, [addressKey(email)]),
  );
}

const wrong = (times: number) => Array.from({ length: times }, (_, index) => `wrong ${index}`);

test("the right password begins a session, with the event that names the person", async () => {
  const person = await makePerson();
  const request = requestFrom("192.0.2.44");
  const { sessionId } = (await signIn(person.email, password, { request })) as { sessionId: string };
  const session = await reader().session.findUniqueOrThrow({ where: { id: sessionId } });
  expect(session).toMatchObject({ userId: person.id, sourceIp: "192.0.2.44", userAgent: "Test", endedAt: null });
  const [event] = await findEvents({ operation: "user.signIn", actorId: person.id });
  expect(event).toMatchObject({ actorType: "user", outcome: "succeeded", targetId: person.id, requestId: request.requestId });
});

test("the browser's former session ends", async () => {
  const person = await makePerson();
  await signIn(person.email, password, { replaces: person.sessionId });
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

test("after five failures even the right password waits, longer after each further one, with or without an account alike", async () => {
  const person = await makePerson();
  const absent = `${unique()}@nowhere.example`;
  const inWords: (string | null)[][] = [];
  for (const email of [person.email, absent]) {
    const found = await answers(email, [...wrong(free), "right or not"]);
    await waitIsOver(email);
    found.push(...(await answers(email, ["wrong again", "and again"])));
    await waitIsOver(email);
    found.push(...(await answers(email, ["wrong again"])));
    inWords.push(found);
  }
  const [ofPerson, ofAbsent] = inWords;
  expect(ofPerson).toEqual(ofAbsent);
  expect(ofPerson).toEqual([
    ...Array(free - 1).fill(signInRefused),
    `${signInRefused} Wait 1 minute before you try again.`,
    "Too many failed attempts. Try again in 1 minute.",
    `${signInRefused} Wait 2 minutes before you try again.`,
    "Too many failed attempts. Try again in 2 minutes.",
    `${signInRefused} Wait 4 minutes before you try again.`,
  ]);
});

test("the wait is never longer than an hour, and ends by the database's clock", async () => {
  const person = await makePerson();
  await signIn(person.email, "wrong").catch(() => undefined);
  await asRole("superuser", (client) =>
    client.query(`UPDATE "SignInThrottle" SET "failures" = 40 WHERE "id" = $1`, [addressKey(person.email)]),
  );
  expect(await answers(person.email, ["wrong", password])).toEqual([
    `${signInRefused} Wait 1 hour before you try again.`,
    "Too many failed attempts. Try again in 1 hour.",
  ]);
  await waitIsOver(person.email);
  await expect(signIn(person.email)).resolves.toBeTruthy();
});

test("failures long ago are forgotten one by one", async () => {
  const person = await makePerson();
  await answers(person.email, wrong(free - 1));
  await asRole("superuser", (client) =>
    client.query(`UPDATE "SignInThrottle" SET "updatedAt" = now() - interval '6 hours' WHERE "id" = $1`, [addressKey(person.email)]),
  );
  expect(await answers(person.email, wrong(3))).toEqual([
    signInRefused,
    signInRefused,
    `${signInRefused} Wait 1 minute before you try again.`,
  ]);
});

test("a locked-out person has an audited lockout, once, and an absent address leaves no such trace", async () => {
  const person = await makePerson();
  const absent = `${unique()}@nowhere.example`;
  for (const email of [person.email, absent]) await answers(email, wrong(free));
  const jobs = await queuedJobs("account", (payload) => payload.email === person.email || payload.email === absent);
  expect(jobs.map(({ data }: QueuedJob) => data.payload.kind)).toEqual(["lockOut", "lockOut"]);
  for (const job of [...jobs, ...jobs]) await accountTask.handle(job as never);
  expect(await findEvents({ operation: "user.lockOut", targetId: person.id })).toMatchObject([
    { actorType: "system", outcome: "succeeded" },
  ]);
  const lockout = await reader().lockout.findUniqueOrThrow({ where: { userId: person.id } });
  expect(lockout.until.getTime()).toBeGreaterThan(Date.now());
});

test("while a lockout is open the right password waits", async () => {
  const person = await makePerson();
  const until = new Date(Date.now() + 3 * 60_000);
  await arrange((db) => db.lockout.create({ data: { userId: person.id, until }, select: { id: true } }));
  expect(await answers(person.email, [password])).toEqual(["Too many failed attempts. Try again in 3 minutes."]);
});

test("attempts in parallel do not outrun the count, whatever they are", async () => {
  for (const email of [(await makePerson()).email, `${unique()}@nowhere.example`]) {
    const attempts = await Promise.allSettled(wrong(30).map((typed) => signIn(email, typed)));
    const reasons = attempts.map((attempt) => (attempt.status === "rejected" ? attempt.reason.code : "in"));
    expect(reasons.filter((code) => code === "UNAUTHENTICATED")).toHaveLength(free);
    expect(reasons.filter((code) => code === "TOO_MANY_REQUESTS")).toHaveLength(30 - free);
    await expect(signIn(email)).rejects.toMatchObject({ code: "TOO_MANY_REQUESTS" });
  }
});

test("who tries many addresses from one place waits as well, and an own account does not help", async () => {
  const { email } = await makePerson();
  const request = requestFrom();
  for (let index = 1; index < signInPolicies.source.free; index += 1) {
    await answers(`${index}.${unique()}@nowhere.example`, ["wrong"], request);
    if (index % 5 === 0) expect(await answers(email, [password], request)).toEqual([null]);
  }
  expect(await answers(`last.${unique()}@nowhere.example`, ["wrong"], request)).toEqual([
    `${signInRefused} Wait 1 minute before you try again.`,
  ]);
  expect(await answers(email, [password], request)).toEqual(["Too many failed attempts. Try again in 1 minute."]);
  expect(await answers(email, [password], requestFrom())).toEqual([null]);
});

test("of IPv6, a whole /64 is one place", () => {
  expect(sourceKey("2001:db8:1:2::1")).toBe(sourceKey("2001:db8:1:2:ffff:0:0:9"));
  expect(sourceKey("2001:db8:1:2::1")).not.toBe(sourceKey("2001:db8:1:3::1"));
  expect(sourceKey("192.0.2.1")).not.toBe(sourceKey("192.0.2.2"));
});

test("a success forgets earlier failures", async () => {
  const person = await makePerson();
  await answers(person.email, [...wrong(free - 1), password]);
  expect(await answers(person.email, wrong(free - 1))).toEqual(Array(free - 1).fill(signInRefused));
});

test("where every organization is suspended the right password is told so by name, a wrong one is not", async () => {
  const { email, organization } = await makePerson();
  await arrange((db) =>
    db.suspension.create({ data: { organizationId: organization.id, reason: "r", ticket: "t" }, select: { id: true } }),
  );
  await expect(signIn(email)).rejects.toMatchObject({ code: "SUSPENDED", userMessage: expect.stringContaining(organization.name) });
  await expect(signIn(email, "wrong")).rejects.toMatchObject({ code: "UNAUTHENTICATED", userMessage: signInRefused });
});

test("an absent address takes as long as one with an account", async () => {
  const { email } = await makePerson();
  const times: Record<"present" | "absent", number[]> = { present: [], absent: [] };
  for (let round = 0; round < 24; round += 1) {
    for (const kind of round % 2 ? (["present", "absent"] as const) : (["absent", "present"] as const)) {
      const typed = kind === "present" ? email : `${unique()}@nowhere.example`;
      await asRole("app", (client) => client.query(`DELETE FROM "SignInThrottle"`));
      const start = performance.now();
      await signIn(typed, "wrong").catch(() => undefined);
      times[kind].push(performance.now() - start);
    }
  }
  const [present, absent] = [median(times.present), median(times.absent)];
  expect(Math.abs(present - absent) / Math.max(present, absent)).toBeLessThan(0.35);
}, 30_000);

function median(numbers: number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0;
}
