import pg from "pg";

/** What the worker and the clock move by themselves. */
const moving = ["state", "stateSince", "nextCheckAt"];
const tablesSql = `SELECT c.relname AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') AND NOT c.relispartition ORDER BY 1`;

/** Every row of every table that names one of these ids, as "Table": [rows]; the other tests' rows are not among them. */
export async function footprint(ids: readonly string[]): Promise<Record<string, string[]>> {
  const client = new pg.Client({ connectionString: process.env.E2E_OWNER_URL });
  await client.connect();
  try {
    const { rows: tables } = await client.query<{ name: string }>(tablesSql);
    const found: [string, string[]][] = [];
    for (const { name } of tables) {
      const { rows } = await client.query<{ row: string }>(
        `SELECT (to_jsonb(t) - $2::text[])::text AS row FROM "${name}" t WHERE t::text ~ $1 ORDER BY 1`,
        [ids.join("|"), moving],
      );
      found.push([name, rows.map(({ row }) => row)]);
    }
    return Object.fromEntries(found);
  } finally {
    await client.end();
  }
}

/** One statement as the database's owner, for what only time or somebody outside would do. */
export async function asOwner(sql: string, parameters: unknown[] = []): Promise<void> {
  const client = new pg.Client({ connectionString: process.env.E2E_OWNER_URL });
  await client.connect();
  try {
    await client.query(sql, parameters);
  } finally {
    await client.end();
  }
}
