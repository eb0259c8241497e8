import { resolve } from "node:path";
import { type Cleanup, createCleanup } from "./cleanup.ts";
import { claimDataDirectory, type DataDirectory } from "./data-directory.ts";
import { bringUpDatabase } from "./database.ts";
import type { Environment } from "./environment.ts";
import { fillDatabase } from "./fill-database.ts";
import { findFreePort, requireFreePorts } from "./ports.ts";
import { stopLeftoverPostgres } from "./postgres-leftover.ts";
import { readSecrets } from "./secrets.ts";
import { readSettings, type Settings } from "./settings.ts";
import { type Embedded, findEmbedded, portsOf, startStandIns } from "./stand-ins.ts";
import type { StartError } from "./start-error.ts";
import { withDatabase } from "./with-database.ts";

export type UpOptions = {
  /** Where to look for configuration; the tests give none, so they never touch a configured database. */
  environment?: Environment;
  ports?: "default" | "free";
  dataDir?: string;
  distDir?: string;
  appPort?: number;
  throwaway?: boolean;
  cleanup?: Cleanup;
};

export type Surroundings = {
  settings: Settings;
  /** Everything that the application reads, complete. */
  environment: Environment;
  ownerUrl: string;
  identityProvider: string;
  /** Where the local mail can be read; null where a mail server is configured. */
  mailboxUrl: string | null;
  /** Where the Stripe stand-in shows what is there; null where Stripe itself is configured. */
  stripeUrl: string | null;
  embedded: Embedded;
  /** Resolves when PostgreSQL ended although nobody stopped it. */
  died: Promise<StartError>;
  cleanup: Cleanup;
  dataDirectory: DataDirectory;
  stop: () => Promise<void>;
};

/** Brings up a stand-in for everything that the environment does not configure. */
export async function up({
  environment = {},
  ports = "default",
  cleanup = createCleanup(),
  ...overrides
}: UpOptions = {}): Promise<Surroundings> {
  try {
    return await bringUp(environment, await settle(environment, ports, overrides), cleanup);
  } catch (error) {
    await cleanup.run();
    throw error;
  }
}

async function settle(
  environment: Environment,
  ports: "default" | "free",
  { dataDir, distDir, appPort, throwaway = false }: UpOptions,
): Promise<Settings> {
  const settings = { ...readSettings(environment), throwaway };
  const chosen =
    ports === "free"
      ? {
          port: appPort ?? (await findFreePort()),
          postgresPort: await findFreePort(),
          identityProviderPort: await findFreePort(),
          smtpPort: await findFreePort(),
          mailboxPort: await findFreePort(),
          stripePort: await findFreePort(),
        }
      : { port: appPort ?? settings.port };
  const appUrl = environment.APP_URL || `http://localhost:${chosen.port}`;
  return {
    ...settings,
    ...chosen,
    appUrl,
    staffUrl: environment.STAFF_URL || appUrl,
    dataDir: dataDir ? resolve(dataDir) : settings.dataDir,
    distDir: distDir ?? settings.distDir,
  };
}

async function bringUp(environment: Environment, settings: Settings, cleanup: Cleanup): Promise<Surroundings> {
  const embedded = findEmbedded(environment, settings);
  const dataDirectory = await claimDataDirectory(settings.dataDir, settings.appUrl);
  cleanup.add(dataDirectory.release);
  if (embedded.database) await stopLeftoverPostgres(resolve(settings.dataDir, "postgres"));
  await requireFreePorts(portsOf(settings, embedded));
  const database = await bringUpDatabase(settings, environment, cleanup);
  const standIns = await startStandIns(settings, embedded, cleanup);
  const { staffAuth, productAuth } = readSecrets(settings.dataDir);
  const { DATABASE_OWNER_URL: _ownerOnly, ...passedOn } = environment;
  const complete: Environment = {
    PATH: process.env.PATH,
    HOME: process.env.HOME,
    STAFF_AUTH_SECRET: staffAuth,
    PRODUCT_AUTH_SECRET: productAuth,
    ...withoutEmpty(passedOn),
    APP_URL: settings.appUrl,
    PORT: String(settings.port),
    DATABASE_URL: database.urls.appUrl,
    DATABASE_READER_URL: database.urls.readerUrl,
    NEXT_DIST_DIR: settings.distDir,
    NEXT_TELEMETRY_DISABLED: "1",
    // What .env says was read above, or is not to count, as in tests. Next would read it once more by itself.
    __NEXT_PROCESSED_ENV: "true",
    ...standIns,
  };
  const surroundings: Surroundings = {
    settings,
    environment: complete,
    ownerUrl: database.urls.ownerUrl,
    identityProvider: complete.STAFF_OIDC_ISSUER ?? "",
    mailboxUrl: embedded.mail ? `http://localhost:${settings.mailboxPort}` : null,
    stripeUrl: embedded.stripe ? `http://localhost:${settings.stripePort}` : null,
    embedded,
    died: database.died,
    cleanup,
    dataDirectory,
    stop: cleanup.run,
  };
  await withDatabase(database, () => fillDatabase(surroundings));
  return surroundings;
}

/** An empty line such as `APP_URL=` in .env means "not configured". */
function withoutEmpty(environment: Environment): Environment {
  return Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ""));
}
