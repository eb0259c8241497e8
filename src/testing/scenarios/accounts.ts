import type { AccountTokenPurpose } from "#generated/prisma/enums.ts";
import type { UserActor, VisitorActor } from "#server/actor.ts";
import { mailedSecret } from "#server/auth/mailed-secret.ts";
import { hashPassword } from "#server/auth/password.ts";
import { replaceRecoveryCodes } from "#server/auth/recovery-codes.ts";
import { newTotpSecret, sealTotpSecret } from "#server/auth/second-factor.ts";
import { prepareSetup } from "#server/auth/second-factor-setup.ts";
import { systemContext } from "#server/system-context.ts";
import { asRole } from "../database.ts";
import { arrange, unique } from "../fixtures.ts";
import { codeOf } from "../second-factor.ts";
import type { Scenarios, World } from "./scenario.ts";

export const accountPassword = "old password 123";
export const visitor: VisitorActor = { type: "visitor", id: "visitor", label: "Visitor" };

const owner = ({ people }: World) => people.owner.actor;
const ownerId = ({ people }: World) => setPassword(people.owner.id);
const bearer = ({ people }: World): UserActor => ({ ...people.owner.actor, sessionId: null });
const withTwoFactor = (world: World) => ownerId(world).then((id) => enableTwoFactor(id).then(() => id));
const newPassword = () => `unrelated lantern ${unique()}`;
const until = new Date(Date.now() + 60_000).toISOString();

/** Accounts: signing up, passwords, addresses, second factors. */
export const accountScenarios = {
  "user.changeEmail": { targetOf: (world) => world.people.owner.id, input: () => ({ newEmail: `${unique()}@new.example` }) },
  "user.changePassword": {
    targetOf: ownerId,
    input: () => ({ currentPassword: accountPassword, newPassword: newPassword() }),
    actorOf: owner,
  },
  "user.confirmEmailChange": {
    targetOf: ownerId,
    input: async (world) => ({ token: await makeToken(world.people.owner.id, "changeEmail", `${unique()}@new.example`) }),
    actorOf: bearer,
  },
  "user.confirmSignUp": {
    targetOf: () => "system",
    input: async () => ({ token: await makeSignUp(), password: accountPassword }),
    actorOf: () => visitor,
  },
  "user.disableTwoFactor": {
    targetOf: withTwoFactor,
    input: async (world) => ({ currentPassword: accountPassword, code: await codeOf(world.people.owner.id) }),
    actorOf: owner,
  },
  "user.enableTwoFactor": { targetOf: ownerId, input: (world) => setupOf(world.people.owner), actorOf: owner },
  "user.forgetExpiredLinks": { targetOf: makeOldLink, actorOf: () => systemContext("Test").actor },
  "user.lockOut": {
    targetOf: (world) => world.people.owner.id,
    input: () => ({ until }),
    actorOf: () => systemContext("Test").actor,
  },
  "user.replaceRecoveryCodes": { targetOf: withTwoFactor, input: () => ({ currentPassword: accountPassword }), actorOf: owner },
  "user.requestEmailChange": {
    targetOf: ownerId,
    input: () => ({ newEmail: `${unique()}@new.example`, currentPassword: accountPassword }),
    actorOf: owner,
  },
  "user.requestPasswordReset": {
    targetOf: () => "system",
    input: () => ({ email: `${unique()}@new.example` }),
    actorOf: () => visitor,
    changesNothing: true,
  },
  "user.resetPassword": {
    targetOf: ownerId,
    input: async (world) => ({ token: await makeToken(world.people.owner.id, "resetPassword"), newPassword: newPassword() }),
    actorOf: bearer,
  },
  "user.resetTwoFactor": { targetOf: withTwoFactor },
  "user.sendPasswordReset": { targetOf: (world) => world.people.owner.id },
  "user.signUp": {
    targetOf: () => "system",
    input: () => ({ name: "New Person", organizationName: "New", email: `${unique()}@new.example`, password: newPassword() }),
    actorOf: () => visitor,
  },
} satisfies Scenarios;

export async function setPassword(userId: string, password = accountPassword): Promise<string> {
  const passwordHash = await hashPassword(password);
  await arrange((db) => db.user.update({ where: { id: userId }, data: { passwordHash }, select: { id: true } }));
  return userId;
}

/** Turns a second factor on, with recovery codes, and gives these. */
export async function enableTwoFactor(userId: string): Promise<string[]> {
  return arrange(async (db) => {
    const totpSecret = sealTotpSecret(newTotpSecret(), userId);
    await db.user.update({ where: { id: userId }, data: { totpSecret, totpEnabledAt: new Date() }, select: { id: true } });
    return replaceRecoveryCodes(db, userId);
  });
}

/** What a mailed link carries. */
export async function makeToken(userId: string, purpose: AccountTokenPurpose, email: string | null = null): Promise<string> {
  const token = await arrange((db) => db.accountToken.create({ data: { userId, purpose, email }, select: { id: true } }));
  return mailedSecret(token.id);
}

export async function makeSignUp(email = `${unique()}@new.example`): Promise<string> {
  const data = { email, name: "New Person", organizationName: `New ${unique()}`, passwordHash: await hashPassword(accountPassword) };
  const [signUp] = await arrange(
    (db) => db.$queryRaw<{ id: string }[]>`
      INSERT INTO "SignUp" ("email", "name", "organizationName", "passwordHash")
      VALUES (${data.email}, ${data.name}, ${data.organizationName}, ${data.passwordHash}) RETURNING "id"`,
  );
  return mailedSecret(signUp?.id ?? "");
}

async function makeOldLink({ people }: World): Promise<string> {
  const [id] = (await makeToken(people.owner.id, "resetPassword")).split(".");
  await asRole("superuser", (client) =>
    client.query(`UPDATE "AccountToken" SET "expiresAt" = now() - interval '8 days' WHERE "id" = $1`, [id]),
  );
  return "system";
}

async function setupOf({ id, email }: { id: string; email: string }) {
  const { ticket, secret } = await prepareSetup({ userId: id, email, earlier: null });
  return { setup: ticket, code: await codeOf(secret), currentPassword: accountPassword };
}
