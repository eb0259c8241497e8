import { generateKeyPairSync, randomBytes } from "node:crypto";
import { join } from "node:path";
import type { JWK } from "oidc-provider";
import { readOrCreate } from "./private-file.ts";

/** The signing key and the cookie key, kept so that a restart does not invalidate what was issued. */
export function readIdentityProviderKeys(dataDir: string): { signingKey: JWK; cookieKey: string } {
  return readOrCreate(join(dataDir, "identity-provider.json"), createKeys);
}

function createKeys() {
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const signingKey: JWK = { ...privateKey.export({ format: "jwk" }), kid: randomBytes(8).toString("hex"), alg: "RS256", use: "sig" };
  return { signingKey, cookieKey: randomBytes(32).toString("base64url") };
}
