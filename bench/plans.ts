import { Client } from "pg";
import { type Capture, isQuery } from "./capture.ts";
import type { Roles } from "./floor.ts";
import type { Statement } from "./wire.ts";

type Node = {
  "Node Type": string;
  "Relation Name"?: string;
  "Actual Rows"?: number;
  "Actual Loops"?: number;
  "Rows Removed by Filter"?: number;
  Plans?: Node[];
};
export type Finding = { table: string; rows: number; sql: string };

/** More rows than a page shows or a capped count counts. */
export const tooManyRows = 10_001;

/**
 * Runs each captured statement once more under EXPLAIN ANALYZE, in a transaction that is rolled back, and returns those
 * that read a table from end to end, or a good part of it.
 */
export async function findLargeScans({ perRequest }: Capture, roles: Roles): Promise<{ explained: number; findings: Finding[] }> {
  const statements = distinct(perRequest.flat().filter(isQuery));
  const findings: Finding[] = [];
  for (const statement of statements) {
    for (const { table, rows } of largeScans(await explain(statement, roles))) findings.push({ table, rows, sql: statement.sql });
  }
  return { explained: statements.length, findings };
}

async function explain({ role, sql, parameters }: Statement, roles: Roles): Promise<Node> {
  const client = new Client({ connectionString: roles.get(role) });
  await client.connect();
  try {
    await client.query("SET statement_timeout = '60s'");
    await client.query("BEGIN");
    const { rows } = await client.query({ text: `EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) ${sql}`, values: parameters });
    return rows[0]["QUERY PLAN"][0].Plan;
  } catch {
    // Without ANALYZE where running it again is refused: a change needs the event of its own transaction.
    await client.query("ROLLBACK");
    const { rows } = await client.query({ text: `EXPLAIN (FORMAT JSON) ${sql}`, values: parameters });
    return rows[0]["QUERY PLAN"][0].Plan;
  } finally {
    await client.end();
  }
}

function largeScans(node: Node): { table: string; rows: number }[] {
  const below = (node.Plans ?? []).flatMap(largeScans);
  const rows = ((node["Actual Rows"] ?? 0) + (node["Rows Removed by Filter"] ?? 0)) * (node["Actual Loops"] ?? 1);
  const table = node["Relation Name"];
  return table && rows > tooManyRows ? [...below, { table: `${table} (${node["Node Type"]})`, rows: Math.round(rows) }] : below;
}

/** One of each statement for each list of parameters that may make another plan. */
function distinct(statements: Statement[]): Statement[] {
  return [...new Map(statements.map((statement) => [JSON.stringify([statement.sql, statement.parameters]), statement])).values()];
}
