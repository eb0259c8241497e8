import pg from "pg";

type Urls = { superuser: string; owner: string; app: string; reader: string };
export type DatabaseRole = keyof Urls;

let urls: Urls | undefined;

export function setAdminUrl(given: Urls): void {
  urls = given;
}

export function urlOf(role: DatabaseRole): string {
  if (!urls) throw new Error("The test database is not set up.");
  return urls[role];
}

/** A connection of its own as one of the database's roles, closed after the work. */
export async function asRole<Result>(role: DatabaseRole, work: (client: pg.Client) => Promise<Result>): Promise<Result> {
  const client = new pg.Client({ connectionString: urlOf(role) });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

let watching: Promise<pg.Client> | undefined;

/** One row, by a connection as superuser that is kept: for what is asked hundreds of times, where a new one costs more than its answer. */
export async function observe<Row extends pg.QueryResultRow>(sql: string, values: readonly unknown[] = []): Promise<Row> {
  watching ??= startWatching();
  const { rows } = await (await watching).query<Row>({ text: sql, values: [...values] });
  const [row] = rows;
  if (!row) throw new Error(`No row: ${sql}`);
  return row;
}

async function startWatching(): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: urlOf("superuser") });
  await client.connect();
  return client;
}

export async function stopObserving(): Promise<void> {
  const client = await watching;
  watching = undefined;
  await client?.end();
}

type Table = { name: string; table: string };

const tablesSql = `SELECT json_agg(json_build_object('name', c.relname, 'table', format('%I.%I', n.nspname, c.relname)) ORDER BY c.relname) AS tables
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE (n.nspname = 'public' OR (n.nspname = 'pgboss' AND c.relname = 'job'))
    AND c.relkind IN ('r', 'p') AND NOT c.relispartition`;

/** All rows of a table in one text, in whatever order they come. */
const sumOf = (table: string) => `(SELECT count(*) || ':' || coalesce(sum(hashtextextended(t::text, 0)), 0) FROM ${table} t)`;

/** Table → a checksum of all its rows; the queue's jobs are one. */
export async function checksums(): Promise<Record<string, string>> {
  const { tables } = await observe<{ tables: Table[] }>(tablesSql);
  const { sums } = await observe<{ sums: string[] }>(`SELECT ARRAY[${tables.map(({ table }) => sumOf(table)).join(", ")}] AS sums`);
  return Object.fromEntries(tables.map(({ name }, index) => [name, sums[index] ?? ""]));
}

/** One value for all rows of these tables, in one statement: for asking again and again whether anything changed. */
export async function fingerprint(tables: readonly string[]): Promise<string> {
  const each = tables.map((name) => sumOf(`"${name}"`));
  return (await observe<{ sums: string[] }>(`SELECT ARRAY[${each.join(", ")}] AS sums`)).sums.join(" ");
}

type Rows = Record<string, Record<string, string>>;

/** Table → row id → a hash of the row, of tables with text ids. */
export async function snapshot(tables: readonly string[]): Promise<Rows> {
  const each = tables.map((name) => `(SELECT json_object_agg(t."id", hashtextextended(t::text, 0)::text) FROM "${name}" t)`);
  const { rows } = await observe<{ rows: (Record<string, string> | null)[] }>(`SELECT ARRAY[${each.join(", ")}] AS rows`);
  return Object.fromEntries(tables.map((name, index) => [name, rows[index] ?? {}]));
}

/** The rows that were added, changed or removed between two snapshots, as "Table id". */
export function changedRows(before: Rows, after: Rows): string[] {
  return Object.keys(after)
    .flatMap((table) => {
      const [old, current] = [before[table] ?? {}, after[table] ?? {}];
      const ids = new Set([...Object.keys(old), ...Object.keys(current)]);
      return [...ids].filter((id) => old[id] !== current[id]).map((id) => `${table} ${id}`);
    })
    .sort();
}
