import type { Transaction } from "../db.ts";
import type { TargetType } from "../targets.ts";

export type ResolvedTarget = { name: string; id: string | null };

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
  const ids = new Map(found.flatMap(({ id, name }) => [[id, id] as const, [name, id] as const]));
  const seen = new Set<string>();
  return wanted.flatMap((name, index) => {
    const id = ids.get(name) ?? ids.get(lowered[index] ?? "") ?? null;
    if (id && seen.has(id)) return [];
    if (id) seen.add(id);
    return [{ name, id }];
  });
}

type Wanted = { ids: string[]; names: string[] };

function findRows(
  db: Transaction,
  table: "Organization" | "User" | "Invoice",
  { ids, names }: Wanted,
): Promise<{ id: string; name: string }[]> {
  if (table === "Organization")
    return db.$queryRaw`SELECT "id", "slug" AS "name" FROM "Organization" WHERE "id" = ANY(${ids}) OR "slug" = ANY(${names})`;
  if (table === "User") return db.$queryRaw`SELECT "id", "email" AS "name" FROM "User" WHERE "id" = ANY(${ids}) OR "email" = ANY(${names})`;
  return db.$queryRaw`SELECT "id", "number" AS "name" FROM "Invoice" WHERE "id" = ANY(${ids}) OR "number" = ANY(${names})`;
}
