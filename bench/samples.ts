import { Client } from "pg";
import { Refusal } from "./refusal.ts";

export type Samples = {
  organizations: string[];
  users: { id: string; email: string; name: string }[];
  facts: { table: string; rows: number }[];
  version: string;
};

const sampleSize = 50;

/** Rows from all over the tables, the same at each run on the same data. */
export async function drawSamples(connectionString: string): Promise<Samples> {
  const client = new Client({ connectionString });
  await client.connect();
  try {
    const organizations = await client.query<{ id: string }>(spread("Organization", `"id"`));
    const users = await client.query<{ id: string; email: string; name: string }>(spread("User", `"id", "email", "name"`));
    if (organizations.rows.length === 0 || users.rows.length === 0)
      throw new Refusal("The database is empty: fill it with npm run seed:scale first.");
    const facts = await client.query<{ table: string; rows: number }>(
      `SELECT "table", sum(reltuples)::float8 AS rows FROM unnest(ARRAY['Organization', 'User', 'Membership', 'AuditEvent']) AS "table"
       JOIN pg_class ON reltuples > 0 AND relkind = 'r' AND relnamespace = 'public'::regnamespace AND relname ~ format('^%s(_\\d+_\\d+)?$', "table")
       GROUP BY "table" ORDER BY "table"`,
    );
    const {
      rows: [server],
    } = await client.query<{ server_version: string }>("SHOW server_version");
    return {
      organizations: organizations.rows.map(({ id }) => id),
      users: users.rows,
      facts: facts.rows,
      version: server?.server_version ?? "",
    };
  } finally {
    await client.end();
  }
}

function spread(table: string, columns: string): string {
  return `SELECT ${columns} FROM (SELECT ${columns}, row_number() OVER (ORDER BY "id") AS number, count(*) OVER () AS total FROM "${table}") AS numbered
    WHERE number % greatest(1, total / ${sampleSize}) = 0 ORDER BY number LIMIT ${sampleSize}`;
}
