import { expect, test } from "vitest";
import { procedureContext } from "#router/procedure-context.ts";
import { getOperation } from "#router/registry.ts";
import { asRole } from "#testing/database.ts";
import { emptyContext, findEvents, makeOrganization, unique } from "#testing/fixtures.ts";
import { queuedJobs } from "#testing/queued-jobs.ts";
import { accountPassword, enableTwoFactor, setPassword } from "#testing/scenarios/accounts.ts";
import { codeOf } from "#testing/second-factor.ts";
import { reader, writer } from "../db.ts";
import { runOperation } from "../run-operation.ts";
import { signInCustomer } from "./customer-sign-in.ts";
import { requestInfo } from "./request-info.ts";
import { seal, unseal } from "./seal.ts";
import { findStep, newTotpSecret } from "./second-factor.ts";
import { codeRefused, signInWithSecondFactor, writeChallenge } from "./second-factor-sign-in.ts";
import { signInPolicies } from "./throttle.ts";
import { writeTicket } from "./ticket.ts";

async function makePerson() {
  const { owner } = (await makeOrganization()).people;
  await setPassword(owner.id);
  const recoveryCodes = await enableTwoFactor(owner.id);
  return { ...owner, recoveryCodes };
}

const requestFrom = () => requestInfo(new Headers({ "x-forwarded-for": unique(), "user-agent": "Test" }));

async function challengeOf(email: string): Promise<string> {
  const result = await signInCustomer({ email, password: accountPassword, request: requestFrom(), replaces: null });
  if (!("secondFactorOf" in result)) throw new Error("No second factor was asked for.");
  return writeChallenge(result.secondFactorOf);
}

function enter(challenge: string | null, code: string) {
  return signInWithSecondFactor({ challenge, code, request: requestFrom(), replaces: null });
}

const wrongCode = { code: "UNAUTHENTICATED", userMessage: codeRefused };

test("the right password alone begins no session; with the app's code it does", async () => {
  const person = await makePerson();
  const before = await reader().session.count({ where: { userId: person.id } });
  const challenge = await challengeOf(person.email);
  expect(await reader().session.count({ where: { userId: person.id } })).toBe(before);
  await expect(enter(challenge, "000000")).rejects.toMatchObject(wrongCode);
  expect(await enter(challenge, await codeOf(person.id))).toMatch(/^ses_/);
  const outcomes = (await findEvents({ operation: "user.signIn", targetId: person.id })).map(({ outcome }) => outcome);
  expect(outcomes).toEqual(["pending", "denied", "succeeded"]);
});

test("a code is taken once, also when it is entered many times at the same moment, and an earlier one not after it", async () => {
  const person = await makePerson();
  const code = await codeOf(person.id);
  const challenges = await Promise.all(Array.from({ length: 4 }, () => challengeOf(person.email)));
  const results = await Promise.allSettled(challenges.map((challenge) => enter(challenge, code)));
  expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  await expect(enter(await challengeOf(person.email), code)).rejects.toMatchObject(wrongCode);
  await expect(enter(await challengeOf(person.email), await codeOf(person.id, -1))).rejects.toMatchObject(wrongCode);
  expect(await enter(await challengeOf(person.email), await codeOf(person.id, 1))).toMatch(/^ses_/);
});

test("codes of the steps beside the present one are right, and no others", () => {
  const secret = newTotpSecret();
  const now = 1_800_000_015_000;
  const step = Math.floor(now / 30_000);
  return Promise.all(
    [-2, -1, 0, 1, 2].map(async (offset) => {
      const code = await codeOf(secret, offset + (now - Date.now()) / 30_000);
      expect(findStep(secret, code, now)).toBe(Math.abs(offset) <= 1 ? step + offset : null);
    }),
  );
});

test("a recovery code stands in once, however it is written, and its person is told", async () => {
  const person = await makePerson();
  const [first = "", second = ""] = person.recoveryCodes;
  const attempts = await Promise.all([challengeOf(person.email), challengeOf(person.email)]);
  const results = await Promise.allSettled(attempts.map((challenge) => enter(challenge, ` ${first.toUpperCase().replace("-", " ")}`)));
  expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  expect(await enter(await challengeOf(person.email), second)).toMatch(/^ses_/);
  expect(await reader().recoveryCode.count({ where: { userId: person.id, usedAt: null } })).toBe(8);
  const mails = await queuedJobs("mail", ({ mail, to }) => mail === "recoveryCodeUsed" && (to as { email: string }).email === person.email);
  expect(mails.map(({ data }) => data.payload.data)).toEqual([{ left: 9 }, { left: 8 }]);
});

test("another's recovery code and another's app are worth nothing", async () => {
  const [person, other] = [await makePerson(), await makePerson()];
  for (const code of [other.recoveryCodes[0] ?? "", await codeOf(other.id), "", "abcde-fghij"])
    await expect(enter(await challengeOf(person.email), code)).rejects.toMatchObject(wrongCode);
});

test("wrong codes count where wrong passwords do, and the right password in between does not help", async () => {
  const person = await makePerson();
  const challenge = await challengeOf(person.email);
  for (let count = 1; count < signInPolicies.address.free; count += 1) {
    await expect(enter(challenge, "000000")).rejects.toMatchObject(wrongCode);
    await challengeOf(person.email);
  }
  await expect(enter(challenge, "000000")).rejects.toMatchObject({ userMessage: `${codeRefused} Wait 1 minute before you try again.` });
  await expect(enter(challenge, await codeOf(person.id))).rejects.toMatchObject({ code: "TOO_MANY_REQUESTS" });
  await expect(challengeOf(person.email)).rejects.toMatchObject({ code: "TOO_MANY_REQUESTS" });
});

test("of many codes guessed at the same moment, no more are judged than the limit", async () => {
  const person = await makePerson();
  const challenge = await challengeOf(person.email);
  const guesses = Array.from({ length: 30 }, (_, index) => enter(challenge, String(100_000 + index)));
  const codes = (await Promise.allSettled(guesses)).map((result) => (result.status === "rejected" ? result.reason.code : "in"));
  expect(codes.filter((code) => code === "UNAUTHENTICATED").length).toBeLessThanOrEqual(signInPolicies.address.free);
});

test("without a challenge, with a forged one, one for something else, or after the password changed, the password is asked again", async () => {
  const person = await makePerson();
  const expired = { code: "EXPIRED" };
  const stale = await challengeOf(person.email);
  const code = await codeOf(person.id);
  for (const challenge of [
    null,
    "",
    "forged",
    await writeTicket("recoveryCodes", `${person.id} never`),
    await writeTicket("secondFactor", person.id),
  ])
    await expect(enter(challenge, code)).rejects.toMatchObject(expired);
  await asRole("superuser", (client) => client.query(`UPDATE "User" SET "passwordChangedAt" = now() WHERE "id" = $1`, [person.id]));
  await expect(enter(stale, code)).rejects.toMatchObject(expired);
});

test("what is stored cannot be read without the key, nor on another person's row, nor once altered", async () => {
  const person = await makePerson();
  const { totpSecret } = await writer().user.findUniqueOrThrow({ where: { id: person.id }, select: { totpSecret: true } });
  expect(totpSecret).toMatch(/^1\./);
  const sealed = seal("secret", "totp usr_1");
  expect(sealed).not.toBe(seal("secret", "totp usr_1"));
  expect(unseal(sealed, "totp usr_1")).toBe("secret");
  expect(() => unseal(sealed, "totp usr_2")).toThrow();
  const middle = sealed.charAt(10) === "A" ? "B" : "A";
  expect(() => unseal(`${sealed.slice(0, 10)}${middle}${sealed.slice(11)}`, "totp usr_1")).toThrow();
  expect(() => unseal(sealed.slice(0, -4), "totp usr_1")).toThrow();
  await expect(asRole("reader", (client) => client.query(`SELECT "totpSecret" FROM "User" LIMIT 1`))).rejects.toThrow(/permission denied/);
  await expect(asRole("reader", (client) => client.query(`SELECT "codeHash" FROM "RecoveryCode" LIMIT 1`))).rejects.toThrow(
    /permission denied/,
  );
});

test("turning it off takes the password and a code that was not used before", async () => {
  const person = await makePerson();
  const off = (input: Record<string, unknown>) => {
    const context = { ...emptyContext(), actor: person.actor };
    const { ability } = procedureContext(context);
    return runOperation({ operation: getOperation("user.disableTwoFactor"), context, ability, envelope: { targetId: person.id, input } });
  };
  const code = await codeOf(person.id);
  await enter(await challengeOf(person.email), code);
  await expect(off({ currentPassword: accountPassword, code })).rejects.toMatchObject({ code: "FORBIDDEN" });
  await expect(off({ currentPassword: "wrong", code: person.recoveryCodes[0] })).rejects.toMatchObject({ code: "FORBIDDEN" });
  await off({ currentPassword: accountPassword, code: person.recoveryCodes[0] });
  expect(await signInCustomer({ email: person.email, password: accountPassword, request: requestFrom(), replaces: null })).toHaveProperty(
    "sessionId",
  );
  expect(await reader().recoveryCode.count({ where: { userId: person.id } })).toBe(0);
});
