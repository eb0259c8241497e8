import type { Transaction } from "../db.ts";
import type { TargetType } from "../targets.ts";

export type ResolvedTarget = { name: string; id: string | null; label: string };

/** By what else than its id a row may be named in a list. */
const names: Partial<Record<TargetType, { table: "Organization" | "User" | "Invoice"; column: "slug" | "email" | "number" }>> = {
  Organization: { table: "Organization", column: "slug" },
  User: { table: "User", column: "email" },
  Invoice: { table: "Invoice", column: "number" },
};

/** Whether a list can name rows of this type. */
export function isListable(type: TargetType): boolean {
  return names[type] !== undefined;
}

/** The rows that a list names, in its order, each once; without an id where there is none. */
export async function resolveTargets(db: Transaction, type: TargetType, wanted: readonly string[]): Promise<ResolvedTarget[]> {
  const by = names[type];
  if (!by) return [];
  const lowered = wanted.map((name) => (by.column === "number" ? name : name.toLowerCase()));
  const found = await findRows(db, by.table, { ids: [...wanted], names: lowered });
  const rows = new Map(found.flatMap((row) => [[row.id, row] as const, [row.name, row] as const]));
  const seen = new Set<string>();
  return wanted.flatMap((name, index): ResolvedTarget[] => {
    const row = rows.get(name) ?? rows.get(lowered[index] ?? "");
    if (!row) return [{ name, id: null, label: name }];
    if (seen.has(row.id)) return [];
    seen.add(row.id);
    return [{ name, id: row.id, label: row.label }];
  });
}

type Wanted = { ids: string[]; names: string[] };
type Row = { id: string; name: string; label: string };

function findRows(db: Transaction, table: "Organization" | "User" | "Invoice", { ids, names }: Wanted): Promise<Row[]> {
  if (table === "Organization")
    return db.$queryRaw`SELECT "id", "slug" AS "name", "name" AS "label" FROM "Organization" WHERE "id" = ANY(${ids}) OR "slug" = ANY(${names})`;
  if (table === "User")
    return db.$queryRaw`SELECT "id", "email" AS "name", "name" AS "label" FROM "User" WHERE "id" = ANY(${ids}) OR "email" = ANY(${names})`;
  return db.$queryRaw`SELECT "id", "number" AS "name", "number" AS "label" FROM "Invoice" WHERE "id" = ANY(${ids}) OR "number" = ANY(${names})`;
}
