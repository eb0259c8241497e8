import type { Client } from "pg";
import { slugPattern } from "./functions.ts";
import { Refusal } from "./refusal.ts";

const mostOrganizations = 1_000;

/** Refuses a database that is not migrated, not ours to change, filled already, or somebody's real one. */
export async function checkDatabase(client: Client): Promise<void> {
  const {
    rows: [table],
  } = await client.query<{ owner: string }>(
    `SELECT tableowner AS owner FROM pg_tables WHERE schemaname = 'public' AND tablename = 'Organization'`,
  );
  if (!table) throw new Refusal("The database has no tables yet: run npm run db:migrate first.");
  const {
    rows: [role],
  } = await client.query<{ owns: boolean }>("SELECT pg_has_role($1, 'USAGE') AS owns", [table.owner]);
  if (!role?.owns) throw new Refusal(`The tables belong to ${table.owner}: connect as that role, which may pause the audit triggers.`);
  const { rows } = await client.query<{ scaled: boolean }>(
    `SELECT "slug" ~ $1 AS scaled FROM "Organization" LIMIT ${mostOrganizations + 1}`,
    [slugPattern],
  );
  if (rows.some(({ scaled }) => scaled))
    throw new Refusal("The database holds scale data already. Create another one, or drop this one, to fill it anew.");
  if (rows.length > mostOrganizations)
    throw new Refusal(
      `The database holds more than ${mostOrganizations} organizations that are not scale data, so it may be a real one. Use a database of its own.`,
    );
}
