import pg from "pg";

type Urls = { superuser: string; owner: string; app: string; reader: string };
export type DatabaseRole = keyof Urls;

let urls: Urls | undefined;

export function setAdminUrl(given: Urls): void {
  urls = given;
}

/** A connection of its own as one of the database's roles, closed after the work. */
export async function asRole<Result>(role: DatabaseRole, work: (client: pg.Client) => Promise<Result>): Promise<Result> {
  if (!urls) throw new Error("The test database is not set up.");
  const client = new pg.Client({ connectionString: urls[role] });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

const tablesSql = `SELECT c.relname AS name, format('%I.%I', n.nspname, c.relname) AS table FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE (n.nspname = 'public' OR (n.nspname = 'pgboss' AND c.relname = 'job'))
    AND c.relkind IN ('r', 'p') AND NOT c.relispartition ORDER BY 1`;

/** Table → a checksum of all its rows; the queue's jobs are one. */
export function checksums(): Promise<Record<string, string>> {
  return asRole("superuser", async (client) => {
    const tables = await client.query<{ name: string; table: string }>(tablesSql);
    const found: [string, string][] = [];
    for (const { name, table } of tables.rows) {
      const { rows } = await client.query(
        `SELECT count(*) || ':' || coalesce(md5(string_agg(md5(t::text), '' ORDER BY md5(t::text))), '') AS sum FROM ${table} t`,
      );
      found.push([name, rows[0].sum]);
    }
    return Object.fromEntries(found);
  });
}

/** One value for all rows of these tables, in one statement: for asking again and again whether anything changed. */
export function fingerprint(tables: readonly string[]): Promise<string> {
  const each = tables.map((name) => `(SELECT count(*) || ':' || coalesce(sum(hashtextextended(t::text, 0)), 0) FROM "${name}" t)`);
  return asRole("superuser", async (client) => (await client.query(`SELECT concat_ws(' ', ${each.join(", ")}) AS value`)).rows[0].value);
}

type Rows = Record<string, Map<string, string>>;

/** Table → row id → the row as text, of every table with text ids. */
export function snapshot(tables: readonly string[]): Promise<Rows> {
  return asRole("superuser", async (client) => {
    const found: Rows = {};
    for (const name of tables) {
      const { rows } = await client.query<{ id: string; row: string }>(`SELECT "id"::text AS id, t::text AS row FROM "${name}" t`);
      found[name] = new Map(rows.map(({ id, row }) => [id, row]));
    }
    return found;
  });
}

/** The rows that were added, changed or removed between two snapshots, as "Table id". */
export function changedRows(before: Rows, after: Rows): string[] {
  return Object.keys(after)
    .flatMap((table) => {
      const [old, current] = [before[table] ?? new Map(), after[table] ?? new Map()];
      const ids = new Set([...old.keys(), ...current.keys()]);
      return [...ids].filter((id) => old.get(id) !== current.get(id)).map((id) => `${table} ${id}`);
    })
    .sort();
}
