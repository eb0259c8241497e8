import { expect, test } from "vitest";
import type { Actor } from "#server/actor.ts";
import { reader, writer } from "#server/db.ts";
import { asRole } from "#testing/database.ts";
import { makeOrganization, unique } from "#testing/fixtures.ts";
import { queuedJobs } from "#testing/queued-jobs.ts";
import { runAs as run } from "#testing/run-as.ts";
import { accountPassword, makeSignUp, makeToken, setPassword } from "#testing/scenarios/accounts.ts";

const signUp = (email: string, rest: Record<string, unknown> = {}) => ({
  name: "Dana Okafor",
  organizationName: "Okafor Bakeries",
  email,
  password: "unrelated lantern parade",
  ...rest,
});

async function makeOwner() {
  const world = await makeOrganization();
  await setPassword(world.people.owner.id);
  return world.people.owner;
}

const confirm = (token: string, password = accountPassword) => run({ name: "user.confirmSignUp", input: { token, password } });

const bearerOf = (actor: Actor): Actor => (actor.type === "user" ? { ...actor, sessionId: null } : actor);

test("asking for an account gives the same answer and the same work, whether or not the address has one", async () => {
  const { email } = await makeOwner();
  const absent = `${unique()}@nowhere.example`;
  for (const address of [email, absent]) {
    const { output } = await run({ name: "user.signUp", input: signUp(address) });
    expect(output).toBeUndefined();
    const { id } = await writer().signUp.findFirstOrThrow({ where: { email: address } });
    expect(await queuedJobs("account", ({ signUpId }) => signUpId === id)).toHaveLength(1);
  }
  expect(await writer().user.count({ where: { email: absent } })).toBe(0);
});

test("whoever has asked too often is refused before their password is looked at", async () => {
  await makeOrganization();
  const email = `${unique()}@new.example`;
  for (let count = 0; count < 5; count += 1) await run({ name: "user.signUp", input: signUp(email) });
  const again = run({ name: "user.signUp", input: signUp(email, { password: "password1234" }) });
  await expect(again).rejects.toMatchObject({ code: "TOO_MANY_REQUESTS" });
});

test("a confirmed sign-up makes a user with a proven address, who owns an organization in its trial", async () => {
  await makeOrganization();
  const email = `${unique()}@new.example`;
  const token = await makeSignUp(email);
  const { output } = await confirm(token);
  const { userId, slug } = output as { userId: string; slug: string };
  expect(await reader().user.findUniqueOrThrow({ where: { id: userId }, select: { email: true, emailVerifiedAt: true } })).toMatchObject({
    email,
    emailVerifiedAt: expect.any(Date),
  });
  const organization = await reader().organization.findUniqueOrThrow({
    where: { slug },
    select: { memberships: { select: { userId: true, role: true } }, subscription: { select: { status: true, planId: true } } },
  });
  expect(organization).toEqual({ memberships: [{ userId, role: "owner" }], subscription: { status: "trialing", planId: "team" } });
});

test("without the password that was chosen a link makes nothing, and stays good for who knows it", async () => {
  const email = `${unique()}@new.example`;
  const token = await makeSignUp(email);
  for (const guess of ["unrelated lantern parade", `${accountPassword} `, accountPassword.toUpperCase()]) {
    await expect(confirm(token, guess)).rejects.toMatchObject({
      code: "FORBIDDEN",
      details: { fields: { "input.password": expect.stringMatching(/chosen when signing up/) } },
    });
  }
  expect(await writer().user.count({ where: { email } })).toBe(0);
  expect(await writer().auditEvent.count({ where: { operation: "user.confirmSignUp", outcome: "denied" } })).toBeGreaterThanOrEqual(3);
  await confirm(token);
  expect(await writer().user.count({ where: { email } })).toBe(1);
});

test("a wrong password does not tell whether the address has got an account meanwhile", async () => {
  const { email } = await makeOwner();
  const token = await makeSignUp(email);
  await expect(confirm(token, "some other password")).rejects.toMatchObject({ code: "FORBIDDEN" });
  await expect(confirm(token)).rejects.toMatchObject({ code: "CONFLICT" });
});

test.each([
  ["used before", async (token: string) => void (await confirm(token))],
  ["expired", (token: string) => expire("SignUp", token)],
])("a sign-up's link that was %s makes nothing", async (_, spoil) => {
  const token = await makeSignUp();
  await spoil(token);
  const before = await writer().organization.count();
  await expect(confirm(token)).rejects.toMatchObject({ code: "EXPIRED" });
  expect(await writer().organization.count()).toBe(before);
});

test("an altered link, a guessed one and one of another kind make nothing", async () => {
  const { id, actor } = await makeOwner();
  const token = await makeSignUp();
  const [rowId = "", signature = ""] = token.split(".");
  const altered = [
    rowId,
    `${rowId}.`,
    `${rowId}.${"A".repeat(43)}`,
    `${rowId.replace(/.$/, (last) => (last === "0" ? "1" : "0"))}.${signature}`,
    await makeToken(id, "resetPassword"),
  ];
  for (const bad of altered) {
    await expect(confirm(bad)).rejects.toMatchObject({ code: "EXPIRED" });
    if (bad === altered.at(-1)) continue;
    const input = { token: bad, newPassword: `unrelated lantern ${unique()}` };
    await expect(run({ name: "user.resetPassword", actor: bearerOf(actor), targetId: id, input })).rejects.toMatchObject({
      code: "EXPIRED",
    });
  }
});

test("of two who confirm at once, one organization is made", async () => {
  const token = await makeSignUp();
  const results = await Promise.allSettled(Array.from({ length: 6 }, () => confirm(token)));
  expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
});

test("organizations of the same name get slugs of their own", async () => {
  const slugs: string[] = [];
  for (let count = 0; count < 3; count += 1) {
    const token = await makeSignUp();
    await asRole("superuser", (client) =>
      client.query(`UPDATE "SignUp" SET "organizationName" = 'Zürich & Söhne' WHERE "id" = $1`, [token.split(".")[0]]),
    );
    slugs.push(((await confirm(token)).output as { slug: string }).slug);
  }
  expect(slugs).toEqual(["zurich-sohne", "zurich-sohne-2", "zurich-sohne-3"]);
});

test.each([
  ["password1234", /commonly used/],
  ["aaaaaaaaaaaaaaaa", /guess/],
  ["danaokaforbakeries", /guess/],
  ["Dana.Okafor2026", /guess/],
])("the password %s is refused in words", async (password, words) => {
  const refused = run({ name: "user.signUp", input: signUp(`dana.okafor.${unique()}@okafor.example`, { password }) });
  await expect(refused).rejects.toMatchObject({
    code: "INVALID_INPUT",
    details: { fields: { "input.password": expect.stringMatching(words) } },
  });
});

test("no password keeps the server busy, however it is made up", async () => {
  await run({ name: "user.signUp", input: signUp(`${unique()}@x.example`) });
  for (const part of ["4@8({[<369!1|7$5+%2z", "p@ssw0rd", "l1|!i", "12"]) {
    const start = process.cpuUsage();
    await run({ name: "user.signUp", input: signUp(`${unique()}@x.example`, { password: part.repeat(200).slice(0, 200) }) }).catch(() => 0);
    expect(process.cpuUsage(start).user).toBeLessThan(1_000_000);
  }
});

test.each(["user.signUp", "user.requestPasswordReset"])(
  "%s is bounded by address and by source, with or without an account",
  async (name) => {
    const { email } = await makeOwner();
    const absent = `${unique()}@nowhere.example`;
    const inputOf = (address: string) => (name === "user.signUp" ? signUp(address) : { email: address });
    for (const address of [email, absent]) {
      const answers = await Promise.allSettled(Array.from({ length: 8 }, () => run({ name, input: inputOf(address) })));
      const codes = answers.map((answer) => (answer.status === "rejected" ? answer.reason.code : "done"));
      expect(codes.filter((code) => code === "done")).toHaveLength(5);
      expect(codes.filter((code) => code === "TOO_MANY_REQUESTS")).toHaveLength(3);
    }
    const sourceIp = unique();
    const fromOne = () => run({ name, input: inputOf(`${unique()}@nowhere.example`), from: { sourceIp } });
    for (let count = 0; count < 20; count += 1) await fromOne();
    await expect(fromOne()).rejects.toMatchObject({ code: "TOO_MANY_REQUESTS", userMessage: expect.stringContaining("1 hour") });
  },
  60_000,
);

test.each(["user.signUp", "user.requestPasswordReset"])(
  "%s takes as long for an absent address as for one with an account",
  async (name) => {
    const password = `unrelated lantern ${unique()}`;
    const times: Record<"present" | "absent", number[]> = { present: [], absent: [] };
    for (let round = 0; round < 20; round += 1) {
      const present = (await makeOrganization()).people.owner.email;
      for (const kind of round % 2 ? (["present", "absent"] as const) : (["absent", "present"] as const)) {
        const email = kind === "present" ? present : `owner.${unique()}@nowhere.example`;
        const start = performance.now();
        await run({ name, input: name === "user.signUp" ? signUp(email, { password }) : { email } });
        times[kind].push(performance.now() - start);
      }
    }
    const [present, absent] = [median(times.present), median(times.absent)];
    expect(Math.abs(present - absent) / Math.max(present, absent)).toBeLessThan(0.35);
  },
  60_000,
);

function median(numbers: number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0;
}

function expire(table: "SignUp" | "AccountToken", token: string) {
  return asRole("superuser", (client) => client.query(`UPDATE "${table}" SET "expiresAt" = now() WHERE "id" = $1`, [token.split(".")[0]]));
}
