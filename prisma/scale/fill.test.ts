import { Client } from "pg";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { urlOf } from "#testing/database.ts";
import { checkDatabase } from "./check-database.ts";
import { fill } from "./fill.ts";

const sizes = { organizations: 20, users: 40, events: 200 };
let client: Client;
let before: { triggers: string[]; indexes: string[] };

beforeAll(async () => {
  vi.spyOn(console, "log").mockImplementation(() => undefined);
  client = new Client({ connectionString: urlOf("owner") });
  await client.connect();
  before = await protections();
  await checkDatabase(client);
  await fill(client, sizes);
});
afterAll(async () => {
  await client.end();
  vi.restoreAllMocks();
});

async function list(sql: string): Promise<string[]> {
  const { rows } = await client.query<[string]>({ text: sql, rowMode: "array" });
  return rows.map(([value]) => value);
}

async function protections() {
  return {
    triggers: await list(`SELECT format('%s %s %s', tgrelid::regclass, tgname, tgenabled) FROM pg_trigger
      WHERE NOT tgisinternal AND tgrelid::regclass::text NOT LIKE '"Audit%' ORDER BY 1`),
    indexes: await list(`SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' AND tablename NOT LIKE 'Audit%' ORDER BY 1`),
  };
}

const count = async (table: string) => Number((await list(`SELECT count(*)::text FROM "${table}"`))[0]);

test("as many organizations, people and events as were asked for, each organization with an owner and a plan", async () => {
  expect(await count("Organization")).toBe(sizes.organizations);
  expect(await count("User")).toBe(sizes.users);
  expect(await list(`SELECT count(*)::text FROM "AuditEvent" WHERE "actorType" <> 'database'`)).toEqual([String(sizes.events)]);
  expect(await count("Subscription")).toBe(sizes.organizations);
  expect(await count("Monitor")).toBeGreaterThan(0);
  const ownerless = `SELECT o."id" FROM "Organization" o
    WHERE NOT EXISTS (SELECT 1 FROM "Membership" m WHERE m."organizationId" = o."id" AND m."role" = 'owner')`;
  expect(await list(ownerless)).toEqual([]);
});

test("triggers and indexes are as they were", async () => {
  expect(await protections()).toEqual(before);
});

test("what is filled already is not filled again", async () => {
  await expect(checkDatabase(client)).rejects.toThrow(/scale data already/);
});
