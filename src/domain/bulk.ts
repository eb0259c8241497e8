import { parse } from "csv-parse/sync";
import type { StaffRole } from "#generated/prisma/enums.ts";
import { staffRoleNames } from "./roles.ts";

/** The most targets that one bulk run of these roles may have. */
const caps: Partial<Record<StaffRole, number>> = { operations: 1_000, engineering: 5_000, admin: 10_000 };

export function bulkCap(roles: readonly StaffRole[]): number {
  return Math.max(0, ...roles.map((role) => caps[role] ?? 0));
}

export const mostTargets = Math.max(...staffRoleNames.map((role) => caps[role] ?? 0));

const columns = ["id", "slug", "email", "e-mail", "number"];

/**
 * What somebody pasted, as the targets that it names, each once and in order: one a line, or a CSV, of which the first
 * column counts that says id, slug, email or number in its first row. Null for what is no CSV.
 */
export function parseTargets(pasted: string): string[] | null {
  let rows: string[][];
  try {
    rows = parse(pasted, { bom: true, delimiter: [",", ";", "\t"], relax_column_count: true, skip_empty_lines: true, trim: true });
  } catch {
    return null;
  }
  const header = rows[0]?.map((cell) => cell.toLowerCase()) ?? [];
  const named = header.findIndex((cell) => columns.includes(cell));
  const cells = (named < 0 ? rows : rows.slice(1)).map((row) => row[Math.max(named, 0)] ?? "");
  return [...new Set(cells.filter((cell) => cell !== ""))];
}

export type Amounts = { currency: string; count: number; sum: number; median: number; largest: number };

/** More than three times the median is worth a second look. */
export const outlierFactor = 3;
