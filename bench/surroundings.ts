import { randomBytes } from "node:crypto";
import { findFreePort } from "../dev/ports.ts";
import { up } from "../dev/up.ts";
import type { BenchOptions } from "./options.ts";
import { Refusal } from "./refusal.ts";

export type Surroundings = { environment: Record<string, string | undefined>; stop: () => Promise<void> };

/** The application's environment: around the database given, or around the one that npm start uses. */
export async function prepareSurroundings({ database, reader, distDir }: BenchOptions): Promise<Surroundings> {
  const surroundings = database && reader ? await aroundDatabase(database, reader) : await aroundDefault();
  Object.assign(surroundings.environment, { NEXT_DIST_DIR: distDir, NODE_ENV: "production", LOG_LEVEL: "warn" });
  Object.assign(process.env, surroundings.environment);
  return surroundings;
}

// The staff session is made directly, so nobody is asked to sign in and no identity provider is needed.
async function aroundDatabase(database: string, reader: string): Promise<Surroundings> {
  const port = await findFreePort();
  const environment = {
    ...process.env,
    PORT: String(port),
    APP_URL: `http://localhost:${port}`,
    DATABASE_URL: requireLoopback(database),
    DATABASE_READER_URL: requireLoopback(reader),
    PRODUCT_AUTH_SECRET: randomBytes(32).toString("hex"),
    STAFF_AUTH_SECRET: randomBytes(32).toString("hex"),
    STAFF_OIDC_ISSUER: "http://localhost:9",
    STAFF_OIDC_CLIENT_ID: "none",
    STAFF_OIDC_CLIENT_SECRET: "none",
    SMTP_URL: "smtp://localhost:9",
  };
  return { environment, stop: async () => {} };
}

async function aroundDefault(): Promise<Surroundings> {
  const { environment, stop } = await up({ environment: process.env, ports: "free" });
  return { environment, stop };
}

// It writes audit events and renames organizations, which nobody wants in a database somewhere else.
function requireLoopback(url: string): string {
  const { hostname } = new URL(url);
  if (["localhost", "127.0.0.1", "[::1]"].includes(hostname)) return url;
  throw new Refusal(`${hostname} is another machine: the benchmark writes to the database, so it measures only one on this machine.`);
}
