import { createHash } from "node:crypto";

const mostStatements = 500;
const names = new Map<string, string>();

/**
 * A name for a statement that PostgreSQL then plans once for each connection, not once for each request: planning over
 * a year of audit partitions takes longer than running. A pattern's best plan depends on the pattern, so those stay
 * unnamed, and so does what comes after the first few hundred texts.
 */
export function statementName({ sql }: { sql: string }): string | undefined {
  const known = names.get(sql);
  if (known) return known;
  if (names.size >= mostStatements || /\bI?LIKE\b|plainto_tsquery/.test(sql)) return undefined;
  const name = `cs_${createHash("sha256").update(sql).digest("hex").slice(0, 24)}`;
  names.set(sql, name);
  return name;
}
