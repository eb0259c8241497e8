import { expect, test } from "vitest";
import { procedureContext } from "#router/procedure-context.ts";
import { getOperation } from "#router/registry.ts";
import type { Actor, Context } from "#server/actor.ts";
import { mailedSecret } from "#server/auth/mailed-secret.ts";
import { reader, writer } from "#server/db.ts";
import { runOperation } from "#server/run-operation.ts";
import { asRole } from "#testing/database.ts";
import { emptyContext, findEvents, makeOrganization, unique } from "#testing/fixtures.ts";
import { queuedJobs } from "#testing/queued-jobs.ts";
import { accountPassword, makeSignUp, makeToken, setPassword, visitor } from "#testing/scenarios/accounts.ts";

type Run = { name: string; actor?: Actor; targetId?: string; input?: Record<string, unknown>; from?: Partial<Context> };

function run({ name, actor = visitor, targetId = "system", input = {}, from = {} }: Run) {
  const context = { ...emptyContext(), sourceIp: unique(), ...from, actor };
  const { ability } = procedureContext(context);
  return runOperation({ operation: getOperation(name), context, ability, envelope: { targetId, input } });
}

const signUp = (email: string, rest: Record<string, unknown> = {}) => ({
  name: "Dana Okafor",
  organizationName: "Okafor Bakeries",
  email,
  password: `unrelated lantern ${unique()}`,
  ...rest,
});

async function makeOwner() {
  const world = await makeOrganization();
  await setPassword(world.people.owner.id);
  return world.people.owner;
}

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

test("a confirmed sign-up makes a user with a proven address, who owns an organization in its trial", async () => {
  await makeOrganization();
  const email = `${unique()}@new.example`;
  const token = await makeSignUp(email);
  const { output } = await run({ name: "user.confirmSignUp", input: { token } });
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

test.each([
  ["used before", async (token: string) => void (await run({ name: "user.confirmSignUp", input: { token } }))],
  ["expired", (token: string) => expire("SignUp", token)],
])("a sign-up's link that was %s makes nothing", async (_, spoil) => {
  const token = await makeSignUp();
  await spoil(token);
  const before = await writer().organization.count();
  await expect(run({ name: "user.confirmSignUp", input: { token } })).rejects.toMatchObject({ code: "EXPIRED" });
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
    `${rowId.slice(0, -1)}0.${signature}`,
    await makeToken(id, "resetPassword"),
  ];
  for (const bad of altered) {
    await expect(run({ name: "user.confirmSignUp", input: { token: bad } })).rejects.toMatchObject({ code: "EXPIRED" });
    if (bad === altered.at(-1)) continue;
    const input = { token: bad, newPassword: `unrelated lantern ${unique()}` };
    await expect(run({ name: "user.resetPassword", actor: bearerOf(actor), targetId: id, input })).rejects.toMatchObject({
      code: "EXPIRED",
    });
  }
});

test("of two who confirm at once, one organization is made", async () => {
  const token = await makeSignUp();
  const results = await Promise.allSettled(Array.from({ length: 6 }, () => run({ name: "user.confirmSignUp", input: { token } })));
  expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
});

test("organizations of the same name get slugs of their own", async () => {
  const slugs: string[] = [];
  for (let count = 0; count < 3; count += 1) {
    const token = await makeSignUp();
    await asRole("superuser", (client) =>
      client.query(`UPDATE "SignUp" SET "organizationName" = 'Zürich & Söhne' WHERE "id" = $1`, [token.split(".")[0]]),
    );
    slugs.push(((await run({ name: "user.confirmSignUp", input: { token } })).output as { slug: string }).slug);
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
    const start = performance.now();
    await run({ name: "user.signUp", input: signUp(`${unique()}@x.example`, { password: part.repeat(200).slice(0, 200) }) }).catch(() => 0);
    expect(performance.now() - start).toBeLessThan(1_000);
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
  30_000,
);

test("a new password by a mailed link ends all sessions, proves the address and lets them try again", async () => {
  const { id, actor } = await makeOwner();
  const input = { token: await makeToken(id, "resetPassword"), newPassword: `unrelated lantern ${unique()}` };
  const other = await makeToken(id, "resetPassword");
  await run({ name: "user.resetPassword", actor: bearerOf(actor), targetId: id, input });
  expect(await reader().session.count({ where: { userId: id, endedAt: null } })).toBe(0);
  expect(await reader().user.findUniqueOrThrow({ where: { id }, select: { emailVerifiedAt: true } })).not.toEqual({
    emailVerifiedAt: null,
  });
  for (const token of [input.token, other]) {
    const again = run({ name: "user.resetPassword", actor: bearerOf(actor), targetId: id, input: { ...input, token } });
    await expect(again).rejects.toMatchObject({ code: "EXPIRED" });
  }
});

test("another's link in one's own form, an expired one and one for something else change no password", async () => {
  const [own, other] = [await makeOwner(), await makeOwner()];
  const expired = await makeToken(own.id, "resetPassword");
  await expire("AccountToken", expired);
  const wrongOnes = [
    await makeToken(other.id, "resetPassword"),
    expired,
    await makeToken(own.id, "changeEmail", "x@new.example"),
    mailedSecret(own.id),
  ];
  for (const token of wrongOnes) {
    const input = { token, newPassword: `unrelated lantern ${unique()}` };
    for (const actor of [own.actor, bearerOf(own.actor)])
      await expect(run({ name: "user.resetPassword", actor, targetId: own.id, input })).rejects.toMatchObject({ code: "EXPIRED" });
    await expect(run({ name: "user.resetPassword", actor: own.actor, targetId: other.id, input })).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
  }
});

test("a link that was mailed to the old address is good for nothing once the address has changed", async () => {
  const { id, actor } = await makeOwner();
  const reset = await makeToken(id, "resetPassword");
  const email = `${unique()}@new.example`;
  await run({ name: "user.confirmEmailChange", actor, targetId: id, input: { token: await makeToken(id, "changeEmail", email) } });
  expect(await reader().user.findUniqueOrThrow({ where: { id }, select: { email: true } })).toEqual({ email });
  const input = { token: reset, newPassword: `unrelated lantern ${unique()}` };
  await expect(run({ name: "user.resetPassword", actor, targetId: id, input })).rejects.toMatchObject({ code: "EXPIRED" });
});

test("asking for a taken address gives the same answer as for a free one, and confirming it changes nothing", async () => {
  const [own, other] = [await makeOwner(), await makeOwner()];
  for (const newEmail of [other.email, `${unique()}@new.example`]) {
    const input = { newEmail, currentPassword: accountPassword };
    const { output } = await run({ name: "user.requestEmailChange", actor: own.actor, targetId: own.id, input });
    expect(output).toBeUndefined();
  }
  expect(await queuedJobs("mail", ({ to }) => (to as { email: string }).email === own.email)).toHaveLength(2);
  const token = await makeToken(own.id, "changeEmail", other.email);
  await expect(run({ name: "user.confirmEmailChange", actor: own.actor, targetId: own.id, input: { token } })).rejects.toMatchObject({
    code: "CONFLICT",
  });
});

test("ten wrong passwords in a row on the security page are enough, in whichever of its forms", async () => {
  const { id, actor } = await makeOwner();
  const forms = [
    { name: "user.changePassword", input: { newPassword: "unrelated lantern parade" } },
    { name: "user.requestEmailChange", input: { newEmail: "x@new.example" } },
  ];
  const codes: string[] = [];
  for (let count = 0; count < 11; count += 1) {
    const { name, input } = forms[count % 2] ?? { name: "", input: {} };
    const attempt = run({ name, actor, targetId: id, input: { ...input, currentPassword: "wrong" } });
    codes.push(
      await attempt.then(
        () => "done",
        (error: { code: string }) => error.code,
      ),
    );
  }
  expect(codes).toEqual([...Array(10).fill("FORBIDDEN"), "TOO_MANY_REQUESTS"]);
  expect(await findEvents({ actorId: id, outcome: "denied" })).toHaveLength(10);
});

function expire(table: "SignUp" | "AccountToken", token: string) {
  return asRole("superuser", (client) => client.query(`UPDATE "${table}" SET "expiresAt" = now() WHERE "id" = $1`, [token.split(".")[0]]));
}
