import { createHmac, timingSafeEqual } from "node:crypto";
import { env } from "#env.ts";

const idForm = /^[a-z]{3}_[0-9a-zA-Z]{1,60}$/;

/** "<id>.<secret>": what a mailed link carries. The secret follows from the id and our key, so no table holds it. */
export function mailedSecret(id: string): string {
  return `${id}.${signatureOf(id)}`;
}

/** The id in a mailed link if its secret is right, else null. */
export function readMailedSecret(token: string): string | null {
  const [id = "", signature = ""] = token.split(".");
  if (!idForm.test(id)) return null;
  const [given, right] = [Buffer.from(signature), Buffer.from(signatureOf(id))];
  return given.length === right.length && timingSafeEqual(given, right) ? id : null;
}

function signatureOf(id: string): string {
  return createHmac("sha256", env().PRODUCT_AUTH_SECRET).update(`mailed link ${id}`).digest("base64url");
}
