import { appendFileSync, existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { MigrationError, migrate } from "../prisma/migrate.ts";
import type { Cleanup } from "./cleanup.ts";
import { requireRoles } from "./configured-database.ts";
import type { Environment } from "./environment.ts";
import { startPostgres } from "./postgres.ts";
import { provision } from "./provision.ts";
import { readSecrets } from "./secrets.ts";
import { isConfigured, type Settings } from "./settings.ts";
import { StartError } from "./start-error.ts";
import { withDatabase } from "./with-database.ts";

export type Database = {
  urls: { ownerUrl: string; appUrl: string; readerUrl: string };
  embedded: boolean;
  /** Resolves when the embedded PostgreSQL ended although nobody stopped it. */
  died: Promise<StartError>;
  /** The end of the embedded PostgreSQL's log. */
  says: () => string;
};

/** The configured database or the embedded one, migrated. */
export async function bringUpDatabase(settings: Settings, environment: Environment, cleanup: Cleanup): Promise<Database> {
  const database = (await findConfigured(environment)) ?? (await startEmbedded(settings, cleanup));
  await withDatabase(database, () => bringUpToDate(database));
  return database;
}

export function isDatabaseConfigured(environment: Environment) {
  return isConfigured(environment, ["DATABASE_URL", "DATABASE_READER_URL", "DATABASE_OWNER_URL"]);
}

async function findConfigured(environment: Environment): Promise<Database | undefined> {
  if (!isDatabaseConfigured(environment)) return undefined;
  await requireRoles(environment);
  const { DATABASE_URL: appUrl = "", DATABASE_READER_URL: readerUrl = "", DATABASE_OWNER_URL: ownerUrl = "" } = environment;
  return { urls: { ownerUrl, appUrl, readerUrl }, embedded: false, died: new Promise(() => {}), says: () => "" };
}

async function startEmbedded({ dataDir, postgresPort, throwaway }: Settings, cleanup: Cleanup): Promise<Database> {
  const secrets = readSecrets(dataDir);
  const log = join(dataDir, "postgres.log");
  writeFileSync(log, "");
  if (!existsSync(join(dataDir, "postgres"))) console.log(`Making a PostgreSQL database in ${join(dataDir, "postgres")} …`);
  const postgres = await startPostgres({
    dataDir,
    port: postgresPort,
    password: secrets.postgresAdministrator,
    socket: true,
    throwaway,
    cleanup,
    onLog: (text) => appendFileSync(log, text),
  });
  const { adminUrl, exited: died, says } = postgres;
  const urls = await withDatabase({ died, says }, () => provision({ adminUrl, database: "countersign", passwords: secrets.databaseRoles }));
  return { urls, embedded: true, died, says };
}

async function bringUpToDate({ urls, embedded }: Database) {
  try {
    const { applied, unknown } = await migrate(urls.ownerUrl);
    if (applied.length > 0) console.log(`Applied ${applied.length} migrations to the database.`);
    if (unknown.length > 0) console.warn(`The database has migrations that this version does not know: ${unknown.join(", ")}.`);
  } catch (error) {
    if (error instanceof MigrationError) throw new StartError(error.message);
    if (embedded || !(error instanceof Error)) throw error;
    throw new StartError(`The database of DATABASE_OWNER_URL cannot be used: ${error.message}.`);
  }
}
