import { expect, test } from "vitest";
import { createStaffCaller } from "#router/staff-router.ts";
import { reader, writer } from "#server/db.ts";
import { arrange, contextOf, makeOrganization, makeStaff, unique } from "#testing/fixtures.ts";
import { waitingProposal } from "#testing/scenarios/approvals.ts";
import { makeApiKey } from "#testing/scenarios/integrations.ts";
import { makeSupportCase } from "#testing/scenarios/support-access.ts";

const look = async (id: string) => createStaffCaller(contextOf(await makeStaff("support"))).organizations.get({ id });

test("its open API keys stand there from the newest, with when they were used and what can be done, and without their secret", async () => {
  const world = await makeOrganization();
  const [unused, used, revoked] = [await makeApiKey(world), await makeApiKey(world), await makeApiKey(world)];
  await makeApiKey(await makeOrganization());
  await writer().$executeRaw`UPDATE "ApiKey" SET "lastUsedAt" = '2026-11-01T12:34:56.789Z' WHERE "id" = ${used.id}`;
  await arrange((db) => db.apiKey.update({ where: { id: revoked.id }, data: { revokedAt: new Date() }, select: { id: true } }));
  const { apiKeys } = await look(world.id);
  expect(apiKeys.map(({ id, prefix, lastUsedAt }) => ({ id, prefix, lastUsedAt }))).toEqual([
    { id: used.id, prefix: used.prefix, lastUsedAt: new Date("2026-11-01T12:34:56.789Z") },
    { id: unused.id, prefix: unused.prefix, lastUsedAt: null },
  ]);
  expect(apiKeys[0]?.operations.map(({ name }) => name)).toContain("apiKey.revoke");
  expect(apiKeys[0]?.createdAt).toBeInstanceOf(Date);
  expect(JSON.stringify(apiKeys)).not.toContain("keyHash");
});

test("cases at the helpdesk stand there, open ones first, and go with the organization; what waits for a second person is named", async () => {
  const world = await makeOrganization();
  const [closed, open, elsewhere] = [unique(), unique(), unique()];
  await makeSupportCase(open, world);
  await makeSupportCase(closed, world, false);
  await makeSupportCase(elsewhere, await makeOrganization());
  const { proposalId } = await waitingProposal(world);
  const { supportAccess, waiting } = await look(world.id);
  expect(supportAccess.cases.map(({ id }) => id)).toEqual([open, closed]);
  expect(waiting).toEqual([{ id: proposalId, summary: expect.stringContaining("trial") }]);
  await arrange((db) => db.organization.delete({ where: { id: world.id }, select: { id: true } }));
  expect(await reader().supportCase.count({ where: { id: { in: [open, closed, elsewhere] } } })).toBe(1);
});

test("an organization without any of it has empty lists, and an absent one is not found", async () => {
  const { id } = await makeOrganization();
  expect(await look(id)).toMatchObject({ apiKeys: [], jobs: [], waiting: [], supportAccess: { cases: [] } });
  await expect(look("org_000000000000000000000000")).rejects.toMatchObject({ code: "NOT_FOUND" });
});
