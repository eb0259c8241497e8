import { createHash, randomBytes } from "node:crypto";

const prefixForm = /^(cs_live_[0-9a-f]{8})_[\w-]{43}$/;

/** A new key. `prefix` is shown and searched for; the rest is 256 random bits, of which only the hash is kept. */
export function createApiKey(): { key: string; prefix: string; keyHash: string } {
  const prefix = `cs_live_${randomBytes(4).toString("hex")}`;
  const key = `${prefix}_${randomBytes(32).toString("base64url")}`;
  return { key, prefix, keyHash: hashApiKey(key) };
}

/** No salt and no work factor: nobody guesses 256 bits. */
export function hashApiKey(key: string): string {
  return createHash("sha256").update(key).digest("hex");
}

export function isApiKey(text: string): boolean {
  return prefixForm.test(text);
}
