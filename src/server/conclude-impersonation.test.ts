import { describe, expect, test } from "vitest";
import { asRole } from "#testing/database.ts";
import { arrange, findEvents, makeOrganization, makeStaff } from "#testing/fixtures.ts";
import { beginImpersonation } from "#testing/scenarios/impersonations.ts";
import { chooseSupportAccess, letExpire } from "#testing/scenarios/support-access.ts";
import { concludeOneImpersonation } from "./conclude-impersonation.ts";
import { writer } from "./db.ts";
import { isInReviewSample } from "./review-sample.ts";

const find = (id: string) => writer().impersonation.findUniqueOrThrow({ where: { id } });

async function concludeAll(workers = 1): Promise<void> {
  const work = async () => {
    while (await concludeOneImpersonation());
  };
  await Promise.all(Array.from({ length: workers }, work));
}

async function begun(mode: "readOnly" | "write" = "readOnly") {
  const [starter, world] = [await makeStaff("support"), await makeOrganization()];
  const { id } = await beginImpersonation({ starter, world, userId: world.people.member.id, mode });
  return { id, starter, world };
}

async function letters(id: string) {
  const sql = `SELECT data->'payload'->'to'->>'email' AS "to", data->'payload'->'data' AS data
    FROM pgboss.job WHERE name = 'mail' AND data->'payload'->'data'->>'impersonationId' = $1 ORDER BY 1`;
  const { rows } = await asRole("superuser", (client) => client.query<{ to: string; data: Record<string, unknown> }>(sql, [id]));
  return rows;
}

describe("when it is over", () => {
  test("the person and the owners are told once, with what was opened and changed, however many workers look", async () => {
    const { id, starter, world } = await begun();
    await arrange(
      (db) => db.$executeRaw`
      INSERT INTO "ImpersonationView" ("impersonationId", "kind", "name") VALUES (${id}, 'page', '/a'), (${id}, 'page', '/b'), (${id}, 'procedure', 'monitors.list')`,
    );
    await concludeAll();
    expect(await letters(id)).toEqual([]);
    await letExpire(id);
    await concludeAll(4);
    const { member, owner } = world.people;
    const sent = await letters(id);
    expect(sent.map(({ to }) => to)).toEqual([member.email, owner.email].sort());
    expect(sent.map(({ data }) => data)).toEqual(
      sent.map(({ to }) =>
        expect.objectContaining({ asYou: to === member.email, staffName: starter.label, pagesOpened: 2, changes: [], couldWrite: false }),
      ),
    );
    expect((await find(id)).customerToldAt).not.toBeNull();
    expect(await findEvents({ targetId: id, operation: "impersonation.conclude" })).toHaveLength(1);
    await concludeAll();
    expect(await letters(id)).toHaveLength(2);
  });

  test("nobody is mailed where the owner chose so, and it is concluded all the same", async () => {
    const { id, world } = await begun();
    await chooseSupportAccess(world, "allowed", false);
    await letExpire(id);
    await concludeAll();
    expect(await letters(id)).toEqual([]);
    expect((await find(id)).customerToldAt).not.toBeNull();
  });

  test.each(["its staff session ended", "the customer's word is gone"])("because %s, it is ended for good first", async (why) => {
    const { id, starter, world } = await begun();
    if (why === "the customer's word is gone") await chooseSupportAccess(world, "askFirst");
    else
      await asRole("superuser", (client) =>
        client.query(`UPDATE "StaffSession" SET "endedAt" = now() WHERE "id" = $1`, [starter.sessionId]),
      );
    await concludeAll();
    expect(await find(id)).toMatchObject({ endedAt: expect.any(Date), customerToldAt: null });
    expect(await findEvents({ targetId: id })).toMatchObject([{ operation: "impersonation.lapse", actorType: "system" }]);
  });

  test("one that could write is always reviewed, also after it stepped down; others as the sample says", async () => {
    const [write, lowered, readOnly] = [await begun("write"), await begun("readOnly"), await begun("readOnly")];
    await arrange((db) => db.$executeRaw`UPDATE "Impersonation" SET "steppedUpAt" = now() WHERE "id" = ${lowered.id}`);
    for (const { id } of [write, lowered, readOnly]) await letExpire(id);
    await concludeAll();
    expect((await find(write.id)).needsReview).toBe(true);
    expect((await find(lowered.id)).needsReview).toBe(true);
    expect((await find(readOnly.id)).needsReview).toBe(isInReviewSample(readOnly.id, 10));
  });
});

test("the sample is as large as was asked for, the same each time, and a larger one contains a smaller one", () => {
  const ids = Array.from({ length: 5_000 }, (_, index) => `imp_${index}`);
  const sample = (percent: number) => ids.filter((id) => isInReviewSample(id, percent));
  expect(sample(0)).toEqual([]);
  expect(sample(100)).toEqual(ids);
  expect(Math.abs(sample(10).length - 500)).toBeLessThan(100);
  expect(sample(10)).toEqual(sample(10));
  expect(sample(20)).toEqual(expect.arrayContaining(sample(10)));
});
