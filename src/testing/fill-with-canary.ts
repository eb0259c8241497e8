import type pg from "pg";
import { asRole } from "./database.ts";

type Kind = "words" | "form" | "address" | "list" | "json";
type Column = { table: string; name: string; kind: Kind };

/** What is no free text, and so keeps its value. Every other column of text, of a list and of JSON is filled; a new one by itself. */
const kept: Record<string, RegExp> = {
  "a name of a row": /\.(id|\w+Id|rowId|undoOf|retryOf)$/,
  "a hash or a secret": /\.(\w*[hH]ash|digest|sha256|\w*[sS]ecret|pingKey)$/,
  "a word of the code":
    /\.(operation|targetType|tableName|objectType|field|flag|cron|timeZone|currency|givesCurrency|actorRoles|scopes|events)$|^(StripeCall\.kind|WebhookDelivery\.event|ImpersonationView\.kind|Subscription\.discountCode|StripeEvent\.type|StaffMember\.(issuer|subject))$/,
};
/** What has a form: the canary stands before the value, in lower case. */
const forms = /\.(email|slug|number|prefix)$/;
const addresses = /\.url$/;

const columnsSql = `SELECT c.table_name AS table, c.column_name AS name, c.data_type AS type
  FROM information_schema.columns c JOIN pg_class k ON k.relname = c.table_name AND k.relnamespace = 'public'::regnamespace
  WHERE c.table_schema = 'public' AND k.relkind IN ('r', 'p') AND NOT k.relispartition AND c.is_generated = 'NEVER'
    AND (c.data_type IN ('text', 'jsonb') OR (c.data_type = 'ARRAY' AND c.udt_name = '_text')) ORDER BY 1, 2`;

/** Every column that takes words; what is kept is left out. */
export async function columnsForCanaries(): Promise<Column[]> {
  const { rows } = await asRole("superuser", (client) => client.query<{ table: string; name: string; type: string }>(columnsSql));
  return rows
    .filter(({ table, name }) => !Object.values(kept).some((pattern) => pattern.test(`${table}.${name}`)))
    .map(({ table, name, type }) => ({ table, name, kind: kindOf(`${table}.${name}`, type) }));
}

function kindOf(column: string, type: string): Kind {
  if (type === "jsonb") return "json";
  if (type === "ARRAY") return "list";
  if (forms.test(column)) return "form";
  return addresses.test(column) ? "address" : "words";
}

// What has a space in it is words; ids, times and words of the code have none.
const functionsSql = `CREATE OR REPLACE FUNCTION pg_temp.with_canary(value jsonb, canary text) RETURNS jsonb LANGUAGE plpgsql AS $$
  BEGIN
    RETURN CASE jsonb_typeof(value)
      WHEN 'object' THEN (SELECT coalesce(jsonb_object_agg(k, pg_temp.with_canary(v, canary)), '{}') FROM jsonb_each(value) e(k, v))
      WHEN 'array' THEN
        (SELECT coalesce(jsonb_agg(pg_temp.with_canary(v, canary) ORDER BY n), '[]') FROM jsonb_array_elements(value) WITH ORDINALITY e(v, n))
      WHEN 'string' THEN CASE WHEN value #>> '{}' ~ ' ' THEN to_jsonb(canary || ' ' || (value #>> '{}')) ELSE value END
      ELSE value END;
  END $$`;

function assignment({ name, kind }: Column): string {
  const filled = {
    words: `concat_ws(' ', $1::text, "${name}")`,
    form: `CASE WHEN "${name}" LIKE '%' || lower($1::text) || '%' THEN "${name}" ELSE lower($1::text) || '-' || "${name}" END`,
    address: `coalesce("${name}", 'https://example.com') || '/' || $1::text`,
    list: `ARRAY[$1::text] || "${name}"`,
    json: `pg_temp.with_canary("${name}", $1::text)`,
  }[kind];
  return `"${name}" = ${filled}`;
}

/**
 * Puts the canary into every text of the rows that these ids name or are named by, two steps far. Answers the columns
 * in which it stands now. Only the database's superuser can: events are for ever, and triggers watch.
 */
export async function fillWithCanary(canary: string, ids: readonly string[]): Promise<string[]> {
  const tables = Map.groupBy(await columnsForCanaries(), ({ table }) => table);
  return asRole("superuser", async (client) => {
    const named = await namedBy(client, await namedBy(client, ids));
    await client.query("BEGIN");
    const restore = await disableTriggers(client);
    await client.query(functionsSql);
    const filled: string[] = [];
    for (const [table, columns] of tables) {
      await client.query(`UPDATE "${table}" t SET ${columns.map(assignment).join(", ")} WHERE t::text ~ $2`, [canary, named.join("|")]);
      const counts = columns.map(({ name }) => `count(*) FILTER (WHERE "${name}"::text ~* $1)::int AS "${name}"`);
      const { rows } = await client.query<Record<string, number>>(`SELECT ${counts.join(", ")} FROM "${table}"`, [canary]);
      for (const { name } of columns) if (rows[0]?.[name]) filled.push(`${table}.${name}`);
    }
    await client.query(restore);
    await client.query("COMMIT");
    return filled;
  });
}

/** Puts the canary into every text of one row; of a target that is no row of ours, nowhere. */
export async function plantCanary(client: pg.Client, canary: string, { table, id }: { table: string; id: string }): Promise<void> {
  columns ??= await columnsForCanaries();
  const words = columns.filter((column) => column.table === table && !["form", "address"].includes(column.kind));
  if (words.length === 0) return;
  await client.query("SET session_replication_role = replica");
  await client.query(functionsSql);
  await client.query(`UPDATE "${table}" SET ${words.map(assignment).join(", ")} WHERE "id" = $2`, [canary, id]);
}

let columns: Column[] | undefined;

/** These ids, and those of the rows in which they stand. */
async function namedBy(client: pg.Client, ids: readonly string[]): Promise<string[]> {
  const { rows: tables } = await client.query<{ name: string }>(
    `SELECT c.table_name AS name FROM information_schema.columns c JOIN pg_class k ON k.relname = c.table_name
     WHERE c.table_schema = 'public' AND c.column_name = 'id' AND c.data_type = 'text' AND k.relkind IN ('r', 'p') AND NOT k.relispartition`,
  );
  const each = tables.map(({ name }) => `SELECT "id" FROM "${name}" t WHERE t::text ~ $1`);
  const { rows } = await client.query<{ id: string }>(each.join(" UNION "), [ids.join("|")]);
  return [...new Set([...ids, ...rows.map(({ id }) => id)])];
}

/** Answers what enables them again, each as it was. */
async function disableTriggers(client: pg.Client): Promise<string> {
  const { rows } = await client.query<{ off: string; on: string }>(
    `SELECT format('ALTER TABLE %s DISABLE TRIGGER %I', tgrelid::regclass, tgname) AS off,
       format('ALTER TABLE %s ENABLE %s TRIGGER %I', tgrelid::regclass, CASE tgenabled WHEN 'A' THEN 'ALWAYS' ELSE '' END, tgname) AS on
     FROM pg_trigger JOIN pg_class k ON k.oid = tgrelid
     WHERE NOT tgisinternal AND tgenabled <> 'D' AND k.relnamespace = 'public'::regnamespace`,
  );
  await client.query(rows.map(({ off }) => off).join("; "));
  return rows.map(({ on }) => on).join("; ");
}
