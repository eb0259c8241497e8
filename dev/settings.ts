import { resolve } from "node:path";
import type { Environment } from "./environment.ts";
import { StartError } from "./start-error.ts";

export type Settings = {
  port: number;
  appUrl: string;
  staffUrl: string;
  bindHost: string;
  postgresPort: number;
  identityProviderPort: number;
  smtpPort: number;
  mailboxPort: number;
  stripePort: number;
  workerProcesses: number;
  dataDir: string;
  distDir: string;
  demoData: boolean;
  /** Nobody keeps the embedded database: it does not wait for the disk. */
  throwaway: boolean;
};

/** What .env and the environment say about this machine; `.env.example` explains each variable. */
export function readSettings(environment: Environment): Settings {
  const port = readPort(environment, "PORT", 3000);
  const appUrl = environment.APP_URL || `http://localhost:${port}`;
  return {
    port,
    appUrl,
    staffUrl: environment.STAFF_URL || appUrl,
    bindHost: environment.BIND_HOST || "localhost",
    postgresPort: readPort(environment, "POSTGRES_PORT", 54329),
    identityProviderPort: readPort(environment, "IDENTITY_PROVIDER_PORT", 3001),
    smtpPort: readPort(environment, "SMTP_PORT", 1025),
    mailboxPort: readPort(environment, "MAILBOX_PORT", 1080),
    stripePort: readPort(environment, "STRIPE_PORT", 12111),
    workerProcesses: readWorkerProcesses(environment.WORKER_PROCESSES),
    dataDir: resolve(environment.COUNTERSIGN_DATA_DIR || ".data"),
    distDir: environment.NEXT_DIST_DIR || ".next",
    demoData: environment.DEMO_DATA ? environment.DEMO_DATA === "true" : !environment.DATABASE_URL,
    throwaway: false,
  };
}

export function loadEnvironmentFile() {
  try {
    process.loadEnvFile();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
  }
}

/** Whether the group is configured; half of one is refused. */
export function isConfigured(environment: Environment, names: string[]) {
  const missing = names.filter((name) => !environment[name]);
  if (missing.length === names.length) return false;
  if (missing.length === 0) return true;
  const present = names.filter((name) => environment[name]);
  throw new StartError(
    `${present.join(" and ")} ${present.length === 1 ? "is" : "are"} set, so ${missing.join(" and ")} must be set too (see .env.example).`,
  );
}

function readPort(environment: Environment, variable: string, fallback: number) {
  const text = environment[variable];
  if (!text) return fallback;
  const port = Number(text);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) throw new StartError(`${variable} is "${text}", which is not a port number.`);
  return port;
}

function readWorkerProcesses(text: string | undefined) {
  const count = Number(text || 1);
  if (!Number.isInteger(count) || count < 0 || count > 64)
    throw new StartError(`WORKER_PROCESSES is "${text}", which is not a number from 0 to 64.`);
  return count;
}
