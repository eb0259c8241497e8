import { Client } from "pg";
import { statementName } from "#server/statement-name.ts";
import { type Capture, isQuery } from "./capture.ts";
import type { Roles } from "./floor.ts";
import type { Statement } from "./wire.ts";

type Node = {
  "Node Type": string;
  "Relation Name"?: string;
  Filter?: string;
  "Actual Rows"?: number;
  "Actual Loops"?: number;
  "Rows Removed by Filter"?: number;
  Plans?: Node[];
};
type Plan = { root: Node; wasRun: boolean };
export type Finding = { table: string; rows: number; sql: string };

/** More rows than a page shows or a capped count counts. */
export const tooManyRows = 10_001;

const queryCanceled = "57014";

/**
 * Runs each captured statement once more under EXPLAIN ANALYZE, in a transaction that is rolled back, and returns those
 * that read a table from end to end, or a good part of it. Of what cannot be run again, and of the plan without
 * parameters that named statements get, it looks for scans of large tables.
 */
export async function findLargeScans({ perRequest }: Capture, roles: Roles): Promise<{ explained: number; findings: Finding[] }> {
  const statements = distinct(perRequest.flat().filter(isQuery));
  const findings: Finding[] = [];
  for (const statement of statements) {
    const { plans, sizes } = await explain(statement, roles);
    const found = plans.flatMap(({ root, wasRun }) => (wasRun ? largeReads(root) : largeScans(root, sizes)));
    for (const { table, rows } of found) findings.push({ table, rows, sql: statement.sql });
  }
  return { explained: statements.length, findings };
}

async function explain({ role, sql, parameters }: Statement, roles: Roles): Promise<{ plans: Plan[]; sizes: Map<string, number> }> {
  const client = new Client({ connectionString: roles.get(role) });
  await client.connect();
  const plan = async (options: string, values?: unknown[]): Promise<Node> => {
    const { rows } = await client.query({ text: `EXPLAIN (${options}, FORMAT JSON) ${sql}`, ...(values && { values }) });
    return rows[0]["QUERY PLAN"][0].Plan;
  };
  try {
    await client.query("SET statement_timeout = '60s'");
    const { rows } = await client.query<{ name: string; rows: number }>(
      `SELECT relname AS name, reltuples::float8 AS rows FROM pg_class WHERE relkind = 'r' AND reltuples > ${tooManyRows}`,
    );
    await client.query("BEGIN");
    const run = await plan("ANALYZE, TIMING OFF", parameters).catch((error: { code?: string }) => {
      // One that takes a minute is what is looked for; a change is refused, because it needs the event of its own transaction.
      if (error.code === queryCanceled) throw error;
      return null;
    });
    await client.query("ROLLBACK");
    const first = run ? { root: run, wasRun: true } : { root: await plan("COSTS", parameters), wasRun: false };
    const generic = statementName({ sql }) ? [{ root: await plan("GENERIC_PLAN"), wasRun: false }] : [];
    return { plans: [first, ...generic], sizes: new Map(rows.map(({ name, rows }) => [name, rows])) };
  } finally {
    await client.end();
  }
}

function largeReads(node: Node): { table: string; rows: number }[] {
  const below = (node.Plans ?? []).flatMap(largeReads);
  const rows = ((node["Actual Rows"] ?? 0) + (node["Rows Removed by Filter"] ?? 0)) * (node["Actual Loops"] ?? 1);
  const table = node["Relation Name"];
  return table && rows > tooManyRows ? [...below, { table: `${table} (${node["Node Type"]})`, rows: Math.round(rows) }] : below;
}

// Through these a limit above stops what is read below, on their first side.
const streams = new Set(["Limit", "Subquery Scan", "Result", "Append", "Nested Loop", "Hash Join"]);

/** Where nothing was run: scans of tables that have more rows than that, and that no limit stops. */
function largeScans(node: Node, sizes: Map<string, number>, isStopped = false): { table: string; rows: number }[] {
  // Its number may be a parameter, so what it lets through is not known here.
  const stops = isStopped || node["Node Type"] === "Limit";
  const below = (node.Plans ?? []).flatMap((inner, index) =>
    largeScans(inner, sizes, stops && index === 0 && streams.has(node["Node Type"])),
  );
  const rows = sizes.get(node["Relation Name"] ?? "");
  if (!rows || node["Node Type"] !== "Seq Scan" || (isStopped && !node.Filter)) return below;
  return [...below, { table: `${node["Relation Name"]} (planned)`, rows }];
}

/** One of each statement for each list of parameters that may make another plan. */
function distinct(statements: Statement[]): Statement[] {
  return [...new Map(statements.map((statement) => [JSON.stringify([statement.sql, statement.parameters]), statement])).values()];
}
