import { randomUUID } from "node:crypto";
import pg from "pg";
import { type MigrationFile, migrationsFolder, readMigrations } from "./migration-files.ts";

type Applied = { name: string; checksum: string };

const lock = 4_210_739_107;

// Prisma's own table, so that `prisma migrate deploy` and `prisma migrate status` agree with what is done here.
const createTable = `
  CREATE TABLE IF NOT EXISTS _prisma_migrations (
    id                  VARCHAR(36) PRIMARY KEY NOT NULL,
    checksum            VARCHAR(64) NOT NULL,
    finished_at         TIMESTAMPTZ,
    migration_name      VARCHAR(255) NOT NULL,
    logs                TEXT,
    rolled_back_at      TIMESTAMPTZ,
    started_at          TIMESTAMPTZ NOT NULL DEFAULT now(),
    applied_steps_count INTEGER NOT NULL DEFAULT 0
  )`;

export class MigrationError extends Error {}

/**
 * Brings the database up to the migrations of this version, each in one transaction together with its record.
 * Prisma's WebAssembly engine is not used for this: it cuts scripts at every semicolon, also inside functions.
 */
export async function migrate(ownerUrl: string): Promise<{ applied: string[]; unknown: string[] }> {
  const client = new pg.Client({ connectionString: ownerUrl, connectionTimeoutMillis: 10_000, application_name: "countersign migrate" });
  // A lost connection fails the statement, which is where it is told; without this it would end the process first.
  client.on("error", () => {});
  await client.connect();
  try {
    await client.query(`SELECT pg_advisory_lock(${lock})`);
    const files = readMigrations();
    const done = await readApplied(client);
    refuseEdited(files, done);
    const waiting = files.filter((file) => !done.some((row) => row.name === file.name));
    for (const file of waiting) await apply(client, file);
    const unknown = done.filter((row) => !files.some((file) => file.name === row.name));
    return { applied: waiting.map((file) => file.name), unknown: unknown.map((row) => row.name) };
  } finally {
    await client.end();
  }
}

async function readApplied(client: pg.Client) {
  const table = await client.query<{ present: boolean }>("SELECT to_regclass('_prisma_migrations') IS NOT NULL AS present");
  if (!table.rows[0]?.present) await client.query(createTable);
  const { rows } = await client.query<Applied>(
    "SELECT migration_name AS name, checksum FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL",
  );
  return rows;
}

function refuseEdited(files: MigrationFile[], applied: Applied[]) {
  const edited = files.find((file) => applied.some((row) => row.name === file.name && row.checksum !== file.checksum));
  if (!edited) return;
  throw new MigrationError(
    `Migration ${edited.name} was changed after it had been applied to this database: undo the change and write a new migration, or in development run npm run reset.`,
  );
}

async function apply(client: pg.Client, { name, script, checksum }: MigrationFile) {
  await client.query("BEGIN; SET LOCAL lock_timeout = '10s'");
  try {
    await client.query(script);
    await client.query(
      `INSERT INTO _prisma_migrations (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
       VALUES ($1, $2, $3, now(), clock_timestamp(), 1)`,
      [randomUUID(), checksum, name],
    );
    await client.query("COMMIT");
  } catch (error) {
    await client.query("ROLLBACK");
    throw new MigrationError(
      `Migration ${name} failed and was rolled back: ${reasonOf(error)} (${migrationsFolder}/${name}/migration.sql${lineOf(error, script)})`,
    );
  }
}

function reasonOf(error: unknown) {
  return error instanceof Error ? error.message : String(error);
}

function lineOf(error: unknown, script: string) {
  if (!(error instanceof pg.DatabaseError) || error.position === undefined) return "";
  return `:${script.slice(0, Number(error.position)).split("\n").length}`;
}
