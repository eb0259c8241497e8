import { expect, test } from "vitest";
import { writer } from "#server/db.ts";
import { asRole } from "#testing/database.ts";
import { arrange, findEvents, makeOrganization, makeStaff } from "#testing/fixtures.ts";
import { beginImpersonation } from "#testing/scenarios/impersonations.ts";
import { letExpire } from "#testing/scenarios/support-access.ts";
import { runNamed } from "#testing/support-access-world.ts";

async function over() {
  const [viewer, world] = [await makeStaff("operations"), await makeOrganization()];
  const { id } = await beginImpersonation({ starter: viewer, world, userId: world.people.member.id });
  await letExpire(id);
  const review = (actor: Awaited<ReturnType<typeof makeStaff>>, input: Record<string, unknown>) =>
    runNamed("impersonation.review", { world, actor, targetId: id, input });
  return { id, viewer, world, review };
}

test("a second person finds something, once, under their name", async () => {
  const { id, review } = await over();
  const reviewer = await makeStaff("operations");
  await expect(review(reviewer, { verdict: "notAppropriate" })).rejects.toMatchObject({ code: "INVALID_INPUT" });
  await review(reviewer, { verdict: "notAppropriate", note: "No ticket says so." });
  const found = await writer().impersonationReview.findUniqueOrThrow({ where: { impersonationId: id } });
  expect(found).toMatchObject({
    reviewerId: reviewer.id,
    reviewerLabel: reviewer.label,
    verdict: "notAppropriate",
    note: "No ticket says so.",
  });
  await expect(review(await makeStaff("admin"), { verdict: "appropriate" })).rejects.toMatchObject({ code: "CONFLICT" });
});

test("nobody reviews their own, support reviews nothing, and what is open is not reviewed", async () => {
  const { id, viewer, world, review } = await over();
  await expect(review(viewer, { verdict: "appropriate" })).rejects.toMatchObject({ code: "FORBIDDEN" });
  expect(await findEvents({ targetId: id, actorId: viewer.id })).toMatchObject([{ outcome: "denied" }]);
  await expect(review(await makeStaff("support"), { verdict: "appropriate" })).rejects.toMatchObject({ code: "FORBIDDEN" });
  const open = await beginImpersonation({ starter: viewer, world, userId: world.people.owner.id });
  const targetId = open.id;
  await expect(
    runNamed("impersonation.review", { world, actor: await makeStaff("admin"), targetId, input: { verdict: "appropriate" } }),
  ).rejects.toMatchObject({ code: "CONFLICT" });
  expect(await writer().impersonationReview.count({ where: { impersonationId: { in: [id, targetId] } } })).toBe(0);
});

test.each(["subject", "email"])("nor the same person in another row with the same %s", async (column) => {
  const { id, viewer, review } = await over();
  const twin = await makeStaff("operations");
  const sql = `UPDATE "StaffMember" t SET "issuer" = 'another', "${column}" = v."${column}" FROM "StaffMember" v WHERE t."id" = $1 AND v."id" = $2`;
  await asRole("superuser", (client) => client.query(sql, [twin.id, viewer.id]));
  await expect(review(twin, { verdict: "appropriate" })).rejects.toMatchObject({ code: "FORBIDDEN" });
  await expect(insert(id, twin.id)).rejects.toThrow(/another/);
});

test("the database refuses one's own review whatever the application says, and a verdict is neither changed nor taken back", async () => {
  const { id, viewer } = await over();
  const reviewer = await makeStaff("admin");
  await expect(insert(id, viewer.id)).rejects.toThrow(/another/);
  await expect(insert(id, "stf_absent")).rejects.toThrow(/another/);
  await insert(id, reviewer.id);
  await expect(
    arrange((db) => db.$executeRaw`UPDATE "ImpersonationReview" SET "verdict" = 'notAppropriate' WHERE "impersonationId" = ${id}`),
  ).rejects.toThrow(/permission denied/);
  await expect(arrange((db) => db.$executeRaw`DELETE FROM "ImpersonationReview" WHERE "impersonationId" = ${id}`)).rejects.toThrow(
    /permission denied/,
  );
});

function insert(impersonationId: string, reviewerId: string): Promise<unknown> {
  return arrange(
    (db) => db.$executeRaw`
    INSERT INTO "ImpersonationReview" ("impersonationId", "reviewerId", "reviewerLabel", "verdict") VALUES (${impersonationId}, ${reviewerId}, 'test', 'appropriate')`,
  );
}
