import { expect, test } from "vitest";
import type { Actor } from "#server/actor.ts";
import { mailedSecret } from "#server/auth/mailed-secret.ts";
import { reader } from "#server/db.ts";
import { asRole } from "#testing/database.ts";
import { findEvents, makeOrganization, unique } from "#testing/fixtures.ts";
import { queuedJobs } from "#testing/queued-jobs.ts";
import { runAs as run } from "#testing/run-as.ts";
import { accountPassword, makeToken, setPassword } from "#testing/scenarios/accounts.ts";

async function makeOwner() {
  const world = await makeOrganization();
  await setPassword(world.people.owner.id);
  return world.people.owner;
}

const bearerOf = (actor: Actor): Actor => (actor.type === "user" ? { ...actor, sessionId: null } : actor);

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
