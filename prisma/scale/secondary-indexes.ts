import { type Client, escapeIdentifier } from "pg";

export type Index = { name: string; table: string; definition: string };

/** Every index of the tables but their primary keys. An index of a partitioned table stands for those of its partitions. */
export async function findSecondaryIndexes(client: Client, tables: readonly string[]): Promise<Index[]> {
  const { rows } = await client.query<Index>(
    `SELECT index.relname AS name, "table".relname AS table, replace(pg_get_indexdef(index.oid), ' ON ONLY ', ' ON ') AS definition
     FROM pg_index JOIN pg_class AS index ON index.oid = indexrelid JOIN pg_class AS "table" ON "table".oid = indrelid
     WHERE "table".oid = ANY ($1::text[]::regclass[]) AND NOT indisprimary ORDER BY "table".relname, index.relname`,
    [tables.map((table) => `public.${escapeIdentifier(table)}`)],
  );
  return rows;
}

export async function dropIndexes(client: Client, indexes: readonly Index[]): Promise<void> {
  for (const { name } of indexes) await client.query(`DROP INDEX public.${escapeIdentifier(name)}`);
}
