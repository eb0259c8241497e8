import { expect, test } from "vitest";
import { asRole } from "#testing/database.ts";
import { makeOrganization, makeStaff } from "#testing/fixtures.ts";
import { beginImpersonation } from "#testing/scenarios/impersonations.ts";
import { concludeOneImpersonation } from "./conclude-impersonation.ts";
import { audited, reader } from "./db.ts";
import { explainEnd } from "./impersonation-end.ts";
import { findImpersonation } from "./impersonation-session.ts";
import { systemContext } from "./system-context.ts";

const ofSession = (changes: string) =>
  `UPDATE "StaffSession" s SET ${changes} FROM "Impersonation" i WHERE i."id" = $1 AND i."staffSessionId" = s."id"`;

async function begin() {
  const [starter, world] = [await makeStaff("support"), await makeOrganization()];
  return { starter, world, ...(await beginImpersonation({ starter, world, userId: world.people.member.id })) };
}

test.each([
  [
    "expired",
    `UPDATE "Impersonation" SET "startedAt" = now() - interval '30 minutes', "expiresAt" = now() WHERE "id" = $1`,
    410,
    /30 minutes/,
  ],
  ["lost with the session", ofSession(`"endedAt" = now()`), 401, /session was ended/],
  ["lost with an idle session", ofSession(`"lastSeenAt" = now() - interval '31 minutes'`), 401, /has run out/],
  ["lost with the role", ofSession(`"groupRoles" = '{billing}'`), 403, /the role/],
  [
    "as somebody who left",
    `DELETE FROM "Membership" m USING "Impersonation" i WHERE i."id" = $1 AND m."userId" = i."userId" AND m."organizationId" = i."organizationId"`,
    403,
    /no longer in/,
  ],
  [
    "withdrawn by the customer",
    `UPDATE "Organization" o SET "supportAccess" = 'askFirst' FROM "Impersonation" i WHERE i."id" = $1 AND o."id" = i."organizationId"`,
    403,
    /does not allow this any more/,
  ],
  ["of a customer who is gone", `DELETE FROM "Impersonation" WHERE "id" = $1`, 410, /is gone/],
])("one that is %s says so", async (_, sql, status, sentence) => {
  const { id } = await begin();
  expect(await findImpersonation(id)).not.toBeNull();
  await asRole("superuser", (client) => client.query(sql, [id]));
  expect(await findImpersonation(id)).toBeNull();
  expect(await explainEnd(id)).toEqual({ status, sentence: expect.stringMatching(sentence) });
});

test("one that was ended says by whom: oneself, a colleague, the customer, the application", async () => {
  const { starter, world, id } = await begin();
  const endedBy = async (impersonationId: string, context: Parameters<typeof audited>[0]["context"]) => {
    await audited({ context, operation: "test.end", outcome: "succeeded", summary: "End it" }, (db) => {
      return db.$executeRaw`UPDATE "Impersonation" SET "endedAt" = now() WHERE "id" = ${impersonationId}`;
    });
    return (await explainEnd(impersonationId)).sentence;
  };
  const as = (actor: Parameters<typeof audited>[0]["context"]["actor"]) => ({ ...systemContext("test"), actor });
  const again = () => begin().then((begun) => begun.id);
  const colleague = await makeStaff("operations");
  expect(await endedBy(id, as(starter))).toBe("You ended it.");
  expect(await endedBy(await again(), as(colleague))).toBe(`It was ended by ${colleague.label}.`);
  expect(await endedBy(await again(), as(world.people.owner.actor))).toMatch(/withdrew the access/);
  expect(await endedBy(await again(), systemContext("Countersign"))).toMatch(/What it stood on is gone/);
});

test.each([
  ["the session", ofSession(`"endedAt" = now()`), 401, /session was ended/],
  [
    "the customer's word",
    `UPDATE "Organization" o SET "supportAccess" = 'askFirst' FROM "Impersonation" i WHERE i."id" = $1 AND o."id" = i."organizationId"`,
    403,
    /does not allow this any more/,
  ],
])("one that lost %s says so also when the worker has ended it meanwhile", async (_, sql, status, sentence) => {
  const { id } = await begin();
  await asRole("superuser", (client) => client.query(sql, [id]));
  const before = await explainEnd(id);
  expect(before).toEqual({ status, sentence: expect.stringMatching(sentence) });
  const isEnded = () => reader().impersonation.findUniqueOrThrow({ where: { id }, select: { endedAt: true } });
  while ((await isEnded()).endedAt === null) expect(await concludeOneImpersonation()).toBe(true);
  expect(await explainEnd(id)).toEqual(before);
});
