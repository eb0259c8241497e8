import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { readOrCreate } from "./private-file.ts";
import type { Passwords } from "./provision.ts";

/** What the stand-ins and the application share, made at the first start and kept in the data directory. */
export function readSecrets(dataDir: string) {
  return readOrCreate(join(dataDir, "secrets.json"), createSecrets);
}

function createPasswords(): Passwords {
  return { owner: createSecret(), app: createSecret(), reader: createSecret(), sealer: createSecret() };
}

function createSecrets() {
  return {
    postgresAdministrator: createSecret(),
    databaseRoles: createPasswords(),
    staffAuth: createSecret(),
    productAuth: createSecret(),
    staffOidcClient: createSecret(),
    stripeKey: `sk_test_${createSecret()}`,
    stripeWebhook: `whsec_${createSecret()}`,
  };
}

/** Only characters that need no escaping in a URL. */
export function createSecret() {
  return randomBytes(32).toString("hex");
}
