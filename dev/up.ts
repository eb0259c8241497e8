import { resolve } from "node:path";
import { type Cleanup, createCleanup } from "./cleanup.ts";
import { claimDataDirectory, type DataDirectory } from "./data-directory.ts";
import { bringUpDatabase, isDatabaseConfigured } from "./database.ts";
import type { Environment } from "./environment.ts";
import { fillDatabase } from "./fill-database.ts";
import { startIdentityProvider } from "./identity-provider.ts";
import { findFreePort, requireFreePorts } from "./ports.ts";
import { stopLeftoverPostgres } from "./postgres-leftover.ts";
import { readSecrets } from "./secrets.ts";
import { isConfigured, readSettings, type Settings } from "./settings.ts";
import { StartError } from "./start-error.ts";

export type UpOptions = {
  /** Where to look for configuration; the tests give none, so they never touch a configured database. */
  environment?: Environment;
  ports?: "default" | "free";
  dataDir?: string;
  distDir?: string;
  appPort?: number;
  cleanup?: Cleanup;
};

export type Surroundings = {
  settings: Settings;
  /** Everything that the application reads, complete. */
  environment: Environment;
  ownerUrl: string;
  identityProvider: string;
  embedded: { database: boolean; identityProvider: boolean };
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

async function settle(environment: Environment, ports: "default" | "free", { dataDir, distDir, appPort }: UpOptions): Promise<Settings> {
  const settings = readSettings(environment);
  const chosen =
    ports === "free"
      ? { port: appPort ?? (await findFreePort()), postgresPort: await findFreePort(), identityProviderPort: await findFreePort() }
      : { port: appPort ?? settings.port };
  return {
    ...settings,
    ...chosen,
    appUrl: environment.APP_URL || `http://localhost:${chosen.port}`,
    dataDir: dataDir ? resolve(dataDir) : settings.dataDir,
    distDir: distDir ?? settings.distDir,
  };
}

async function bringUp(environment: Environment, settings: Settings, cleanup: Cleanup): Promise<Surroundings> {
  const embedded = {
    database: !isDatabaseConfigured(environment),
    identityProvider: !isConfigured(environment, ["STAFF_OIDC_ISSUER", "STAFF_OIDC_CLIENT_ID", "STAFF_OIDC_CLIENT_SECRET"]),
  };
  if (embedded.identityProvider) requireLocal(settings.appUrl);
  const dataDirectory = await claimDataDirectory(settings.dataDir, settings.appUrl);
  cleanup.add(dataDirectory.release);
  if (embedded.database) await stopLeftoverPostgres(resolve(settings.dataDir, "postgres"));
  await requireFreePorts([
    { port: settings.port, purpose: "the application", variable: "PORT" },
    ...(embedded.database ? [{ port: settings.postgresPort, purpose: "PostgreSQL", variable: "POSTGRES_PORT" }] : []),
    ...(embedded.identityProvider
      ? [{ port: settings.identityProviderPort, purpose: "the demo identity provider", variable: "IDENTITY_PROVIDER_PORT" }]
      : []),
  ]);
  const { urls, died } = await bringUpDatabase(settings, environment, cleanup);
  const staffOidc = embedded.identityProvider ? await startDemoIdentityProvider(settings, cleanup) : {};
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
    DATABASE_URL: urls.appUrl,
    DATABASE_READER_URL: urls.readerUrl,
    NEXT_DIST_DIR: settings.distDir,
    NEXT_TELEMETRY_DISABLED: "1",
    ...staffOidc,
  };
  const surroundings: Surroundings = {
    settings,
    environment: complete,
    ownerUrl: urls.ownerUrl,
    identityProvider: complete.STAFF_OIDC_ISSUER ?? "",
    embedded,
    died,
    cleanup,
    dataDirectory,
    stop: cleanup.run,
  };
  if (settings.demoData) await fillDatabase(surroundings);
  return surroundings;
}

async function startDemoIdentityProvider({ identityProviderPort: port, appUrl, dataDir }: Settings, cleanup: Cleanup) {
  const issuer = `http://localhost:${port}`;
  const clientId = "countersign";
  const clientSecret = readSecrets(dataDir).staffOidcClient;
  const { stop } = await startIdentityProvider({
    port,
    issuer,
    clientId,
    clientSecret,
    redirectUris: [`${appUrl}/admin/api/auth/callback/staff`],
    postLogoutRedirectUris: [`${appUrl}/admin`],
    dataDir,
  });
  cleanup.add(stop);
  return { STAFF_OIDC_ISSUER: issuer, STAFF_OIDC_CLIENT_ID: clientId, STAFF_OIDC_CLIENT_SECRET: clientSecret };
}

// It asks for no password, so it must never let anyone into an application that others can reach.
function requireLocal(appUrl: string) {
  const { hostname } = new URL(appUrl);
  if (hostname === "localhost" || hostname.endsWith(".localhost") || hostname === "127.0.0.1" || hostname === "[::1]") return;
  throw new StartError(
    `APP_URL is ${appUrl}, and the demo identity provider serves only this machine: set STAFF_OIDC_ISSUER, STAFF_OIDC_CLIENT_ID and STAFF_OIDC_CLIENT_SECRET.`,
  );
}

/** An empty line such as `APP_URL=` in .env means "not configured". */
function withoutEmpty(environment: Environment): Environment {
  return Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ""));
}
