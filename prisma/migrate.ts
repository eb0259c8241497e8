import pg from "pg";
import { type MigrationFile, migrationsFolder, readMigrations } from "./migration-files.ts";

type Applied = { name: string; checksum: string; finished: boolean };
type Migrated = { applied: string[]; unknown: string[] };

const lock = 4_210_739_107;

export class MigrationError extends Error {}

/** Brings the database up to the migrations of this version; does nothing, quickly, when it is there already. */
export async function migrate(ownerUrl: string): Promise<Migrated> {
  const client = new pg.Client({ connectionString: ownerUrl, connectionTimeoutMillis: 10_000, application_name: "countersign migrate" });
  await client.connect();
  try {
    await client.query(`SELECT pg_advisory_lock(${lock})`);
    return await bringUpToDate(client, ownerUrl);
  } finally {
    await client.end();
  }
}

async function bringUpToDate(client: pg.Client, ownerUrl: string): Promise<Migrated> {
  const files = readMigrations();
  const before = await readApplied(client);
  refuseEdited(files, before);
  const known = new Set(files.map((file) => file.name));
  const done = new Set(before.filter((row) => row.finished).map((row) => row.name));
  const waiting = files.filter((file) => !done.has(file.name)).map((file) => file.name);
  const unknown = [...done].filter((name) => !known.has(name));
  if (waiting.length === 0) return { applied: [], unknown };

  await forgetFailed(client);
  await apply(files, ownerUrl, client);
  return { applied: waiting, unknown };
}

async function readApplied(client: pg.Client): Promise<Applied[]> {
  const table = await client.query("SELECT to_regclass('public._prisma_migrations') IS NOT NULL AS present");
  if (!table.rows[0].present) return [];
  const { rows } = await client.query<Applied>(
    `SELECT migration_name AS name, checksum, finished_at IS NOT NULL AS finished
       FROM _prisma_migrations WHERE rolled_back_at IS NULL ORDER BY migration_name`,
  );
  return rows;
}

function refuseEdited(files: MigrationFile[], applied: Applied[]) {
  const checksums = new Map(files.map((file) => [file.name, file.checksum]));
  const edited = applied.find((row) => row.finished && checksums.has(row.name) && checksums.get(row.name) !== row.checksum);
  if (edited) {
    throw new MigrationError(
      `Migration ${edited.name} was changed after it had been applied to this database: undo the change and write a new migration, or in development run npm run reset.`,
    );
  }
}

// PostgreSQL runs a migration as one transaction, so a failed one left nothing behind and may be tried again.
async function forgetFailed(client: pg.Client) {
  const table = await client.query("SELECT to_regclass('public._prisma_migrations') IS NOT NULL AS present");
  if (!table.rows[0].present) return;
  await client.query("UPDATE _prisma_migrations SET rolled_back_at = now() WHERE finished_at IS NULL AND rolled_back_at IS NULL");
}

async function apply(files: MigrationFile[], ownerUrl: string, client: pg.Client) {
  // Loaded only here: the engine takes as long as everything else together.
  const { noFilters, openSchemaEngine } = await import("./schema-engine.ts");
  const engine = await openSchemaEngine(ownerUrl);
  try {
    await engine.applyMigrations({ migrationsList: toMigrationList(files), filters: noFilters });
  } catch (error) {
    throw new MigrationError(await describe(error, client));
  } finally {
    engine.free();
  }
}

function toMigrationList(files: MigrationFile[]) {
  return {
    baseDir: migrationsFolder,
    lockfile: { path: "migration_lock.toml", content: 'provider = "postgresql"\n' },
    shadowDbInitScript: "",
    migrationDirectories: files.map((file) => ({
      path: file.name,
      migrationFile: { path: "migration.sql", content: { tag: "ok" as const, value: file.script } },
    })),
  };
}

async function describe(error: unknown, client: pg.Client) {
  const failed = (await readApplied(client)).find((row) => !row.finished)?.name;
  const text = error instanceof Error ? error.message : String(error);
  const reason = /ERROR: .*/.exec(text)?.[0] ?? text.trim();
  return failed ? `Migration ${failed} failed and was rolled back: ${reason}` : `The migrations could not be applied: ${reason}`;
}
