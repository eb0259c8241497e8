import { type Client, escapeIdentifier } from "pg";
import { plans } from "../world/plans.ts";
import { eventsMs, temporaryFunctions } from "./functions.ts";
import type { ScaleOptions } from "./options.ts";
import { format, seconds, startProgress, timed } from "./progress.ts";
import { dropIndexes, findSecondaryIndexes } from "./secondary-indexes.ts";
import { type Step, steps } from "./tables.ts";

/**
 * Fills the database in one transaction: whatever stops it, the data, the paused audit triggers and the dropped
 * indexes are as before. The application has to wait meanwhile.
 */
export async function fill(client: Client, options: ScaleOptions): Promise<void> {
  const startedAt = performance.now();
  const now = Date.now();
  const work = steps(options, now);
  const tables = [...new Set(work.flatMap((step) => step.tables))];
  console.log(
    `Filling ${client.database} on ${client.host}:${client.port} with ${format(options.organizations)} organizations, ${format(options.users)} users and ${format(options.events)} audit events.`,
  );

  await client.query("BEGIN");
  await client.query(
    "SET LOCAL statement_timeout = 0; SET LOCAL maintenance_work_mem = '512MB'; SET LOCAL work_mem = '64MB'; SET LOCAL jit = off",
  );
  await client.query(`LOCK TABLE ${tables.map(escapeIdentifier).join(", ")} IN ACCESS EXCLUSIVE MODE`);
  await createPartitions(client, now);
  await insertPlans(client);
  for (const sql of temporaryFunctions(options, now)) await client.query(sql);
  const counts = await withoutAuditTriggers(client, tables, () => withoutSecondaryIndexes(client, tables, () => insertAll(client, work)));
  await client.query("SELECT audit_unattributed($1)", [`Scale data for ${format(options.organizations)} organizations`]);
  await timed("Commit", () => client.query("COMMIT"));
  await timed("Vacuum and analyze", () => client.query(`VACUUM (ANALYZE) ${tables.map(escapeIdentifier).join(", ")}`));
  await report(client, counts, startedAt);
}

async function createPartitions(client: Client, now: number): Promise<void> {
  await client.query(
    `DO $$ DECLARE month date; BEGIN
       FOR month IN SELECT generate_series(date_trunc('month', to_timestamp(${(now - eventsMs) / 1000}) AT TIME ZONE 'UTC'), to_timestamp(${now / 1000}) AT TIME ZONE 'UTC', interval '1 month') LOOP
         CALL create_audit_partition('AuditEvent', month);
         CALL create_audit_partition('AuditChange', month);
       END LOOP;
     END $$`,
  );
}

async function insertPlans(client: Client): Promise<void> {
  // By name, so that columns with a default keep it.
  const columns = Object.keys(plans[0]).map(escapeIdentifier).join(", ");
  await client.query(
    `INSERT INTO "Plan" (${columns}) SELECT ${columns} FROM jsonb_populate_recordset(NULL::"Plan", $1) ON CONFLICT ("id") DO NOTHING`,
    [JSON.stringify(plans)],
  );
}

async function withoutAuditTriggers<Result>(client: Client, tables: string[], work: () => Promise<Result>): Promise<Result> {
  const { rows } = await client.query<{ table: string }>(
    `SELECT relname AS table FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid WHERE tgname = 'audit_capture' AND relname = ANY ($1)`,
    [tables],
  );
  for (const { table } of rows) await client.query(`ALTER TABLE ${escapeIdentifier(table)} DISABLE TRIGGER audit_capture`);
  const result = await work();
  for (const { table } of rows) await client.query(`ALTER TABLE ${escapeIdentifier(table)} ENABLE ALWAYS TRIGGER audit_capture`);
  return result;
}

async function withoutSecondaryIndexes<Result>(client: Client, tables: string[], work: () => Promise<Result>): Promise<Result> {
  const indexes = await findSecondaryIndexes(client, tables);
  await dropIndexes(client, indexes);
  const result = await work();
  for (const { name, definition } of indexes) await timed(`Index ${name}`, () => client.query(definition));
  return result;
}

async function insertAll(client: Client, work: Step[]): Promise<Map<string, number>> {
  const counts = new Map<string, number>();
  for (const step of work) counts.set(step.tables.join(" and "), await insertChunks(client, step));
  return counts;
}

async function insertChunks(client: Client, { tables, total, chunk, sql }: Step): Promise<number> {
  const progress = startProgress(tables.join(", "), total);
  let rows = 0;
  for (let from = 1; from <= total; from += chunk) {
    const to = Math.min(from + chunk - 1, total);
    const { rowCount } = await client.query({ name: tables[0], text: sql, values: [from, to] });
    rows += (rowCount ?? 0) + (tables.length > 1 ? to - from + 1 : 0);
    progress.show(to, rows);
  }
  return rows;
}

async function report(client: Client, counts: Map<string, number>, startedAt: number): Promise<void> {
  const {
    rows: [size],
  } = await client.query<{ size: string }>("SELECT pg_size_pretty(pg_database_size(current_database())) AS size");
  const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
  for (const [tables, count] of counts) console.log(`${tables.padEnd(34)}${format(count).padStart(14)} rows`);
  console.log(
    `${"All".padEnd(34)}${format(total).padStart(14)} rows in ${seconds(startedAt)}; the database has ${size?.size ?? "an unknown size"} now.`,
  );
}
