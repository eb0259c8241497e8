import { appendFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { MigrationError, migrate } from "../prisma/migrate.ts";
import type { Cleanup } from "./cleanup.ts";
import type { Environment } from "./environment.ts";
import { startPostgres } from "./postgres.ts";
import { provision } from "./provision.ts";
import { readSecrets } from "./secrets.ts";
import { isConfigured, type Settings } from "./settings.ts";
import { StartError } from "./start-error.ts";

type Database = { urls: { ownerUrl: string; appUrl: string; readerUrl: string }; embedded: boolean; died: Promise<StartError> };

/** The configured database or the embedded one, migrated. */
export async function bringUpDatabase(settings: Settings, environment: Environment, cleanup: Cleanup): Promise<Database> {
  const database = findConfigured(environment) ?? (await startEmbedded(settings, cleanup));
  await Promise.race([bringUpToDate(database), database.died.then((error) => Promise.reject(error))]);
  return database;
}

export function isDatabaseConfigured(environment: Environment) {
  return isConfigured(environment, ["DATABASE_URL", "DATABASE_READER_URL", "DATABASE_OWNER_URL"]);
}

function findConfigured(environment: Environment): Database | undefined {
  if (!isDatabaseConfigured(environment)) return undefined;
  const { DATABASE_URL: appUrl = "", DATABASE_READER_URL: readerUrl = "", DATABASE_OWNER_URL: ownerUrl = "" } = environment;
  return { urls: { ownerUrl, appUrl, readerUrl }, embedded: false, died: new Promise(() => {}) };
}

async function startEmbedded({ dataDir, postgresPort }: Settings, cleanup: Cleanup): Promise<Database> {
  const secrets = readSecrets(dataDir);
  const log = join(dataDir, "postgres.log");
  writeFileSync(log, "");
  const postgres = await startPostgres({
    dataDir,
    port: postgresPort,
    password: secrets.postgresAdministrator,
    socket: true,
    onLog: (text) => appendFileSync(log, text),
  });
  cleanup.add(postgres.stop);
  const urls = await provision({ adminUrl: postgres.adminUrl, database: "countersign", passwords: secrets.databaseRoles });
  return { urls, embedded: true, died: postgres.exited };
}

async function bringUpToDate({ urls, embedded }: Database) {
  try {
    const { unknown } = await migrate(urls.ownerUrl);
    if (unknown.length > 0) console.warn(`The database has migrations that this version does not know: ${unknown.join(", ")}.`);
  } catch (error) {
    if (error instanceof MigrationError) throw new StartError(error.message);
    if (embedded || !(error instanceof Error)) throw error;
    throw new StartError(`The database of DATABASE_OWNER_URL cannot be used: ${error.message}.`);
  }
}
