import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";
import { env } from "#env.ts";

const version = "v1";

/**
 * A secret that we have to know again, as it is stored: AES-256-GCM under a key derived for this purpose alone. Bound to
 * `boundTo` (what it is for, and whose), so that it cannot be moved into another row or column.
 */
export function encryptSecret(secret: string, boundTo: string): string {
  const iv = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", key(), iv).setAAD(Buffer.from(boundTo));
  const encrypted = Buffer.concat([cipher.update(secret, "utf8"), cipher.final()]);
  return [version, ...[iv, encrypted, cipher.getAuthTag()].map((part) => part.toString("base64url"))].join(".");
}

/** The secret again; throws where the text was changed, belongs to something else, or was encrypted with another key. */
export function decryptSecret(stored: string, boundTo: string): string {
  const [readVersion, ...parts] = stored.split(".");
  const [iv, encrypted, tag] = parts.map((part) => Buffer.from(part, "base64url"));
  if (readVersion !== version || !iv || !encrypted || tag?.length !== 16) throw new Error("This is not an encrypted secret.");
  const decipher = createDecipheriv("aes-256-gcm", key(), iv).setAAD(Buffer.from(boundTo)).setAuthTag(tag);
  return Buffer.concat([decipher.update(encrypted), decipher.final()]).toString("utf8");
}

function key(): Uint8Array {
  return new Uint8Array(hkdfSync("sha256", env().PRODUCT_AUTH_SECRET, "", "countersign stored secrets", 32));
}
