import { afterAll, beforeAll, expect, test } from "vitest";
import { asRole, observe } from "#testing/database.ts";
import { arrange, makeOrganization } from "#testing/fixtures.ts";
import { disconnect, reader, writer } from "./db.ts";

const roles = ["countersign_app", "countersign_reader"];

beforeAll(async () => {
  const { name } = await observe<{ name: string }>("SELECT current_database() AS name");
  await asRole("superuser", async (client) => {
    for (const role of roles) await client.query(`ALTER ROLE ${role} IN DATABASE ${name} SET timezone = 'Pacific/Auckland'`);
  });
  await disconnect();
});
afterAll(disconnect);

test("times are read and written as they are where the database's own time zone is another one", async () => {
  const endsAt = new Date("2026-12-31T23:59:59Z");
  const { id } = await makeOrganization({ trialEndsAt: endsAt });
  const where = { organizationId: id };
  await arrange((db) => db.subscription.update({ where, data: { currentPeriodEndsAt: endsAt }, select: { id: true } }));
  for (const db of [reader(), writer()]) {
    const found = await db.subscription.findUniqueOrThrow({ where, select: { trialEndsAt: true, currentPeriodEndsAt: true } });
    expect(found).toEqual({ trialEndsAt: endsAt, currentPeriodEndsAt: endsAt });
  }
  const { stored } = await observe<{ stored: Date }>(`SELECT "trialEndsAt" AS stored FROM "Subscription" WHERE "organizationId" = $1`, [
    id,
  ]);
  expect(stored).toEqual(endsAt);
});
