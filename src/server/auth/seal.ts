import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";
import { env } from "#env.ts";

const algorithm = "aes-256-gcm";

/** Encrypts what is stored with one row; `context` names the row, so that a value copied to another one cannot be read. */
export function seal(text: string, context: string): string {
  const nonce = randomBytes(12);
  const cipher = createCipheriv(algorithm, key(), nonce).setAAD(Buffer.from(context));
  const parts = [nonce, cipher.update(text, "utf8"), cipher.final(), cipher.getAuthTag()];
  return `1.${Buffer.concat(parts).toString("base64url")}`;
}

/** What was sealed for this context; throws where it was altered, or sealed for another one or with another key. */
export function unseal(sealed: string, context: string): string {
  const bytes = Buffer.from(sealed.replace(/^1\./, ""), "base64url");
  const decipher = createDecipheriv(algorithm, key(), bytes.subarray(0, 12), { authTagLength: 16 }).setAAD(Buffer.from(context));
  decipher.setAuthTag(bytes.subarray(-16));
  return Buffer.concat([decipher.update(bytes.subarray(12, -16)), decipher.final()]).toString("utf8");
}

function key(): Buffer {
  return Buffer.from(hkdfSync("sha256", env().PRODUCT_AUTH_SECRET, "", "countersign second factor", 32));
}
