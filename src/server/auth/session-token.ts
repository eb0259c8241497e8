import { decode } from "next-auth/jwt";
import { env } from "#env.ts";
import type { Surface } from "./cookie-names.ts";
import { findCookie, sessionCookieName } from "./cookies.ts";

/** The id of the session row that the cookie names, or null where the cookie is absent, forged or expired. */
export async function findSessionId(headers: Headers, surface: Surface): Promise<string | null> {
  const name = sessionCookieName(surface);
  const secret = surface === "staff" ? env().STAFF_AUTH_SECRET : env().PRODUCT_AUTH_SECRET;
  return findIdInToken({ token: findCookie(headers, name), secret, salt: name, claim: "sessionId" });
}

/** One claim of an encrypted token, or null where it is not one that this application made, or too old. */
export async function findIdInToken({
  token,
  secret,
  salt,
  claim,
}: {
  token: string | null;
  secret: string;
  salt: string;
  claim: string;
}): Promise<string | null> {
  if (!token) return null;
  const payload = await readToken({ token, secret, salt });
  const id = payload?.[claim];
  return typeof id === "string" ? id : null;
}

type Payload = Record<string, unknown>;
const mostTokens = 1_000;
const known = new Map<string, { payload: Payload; secret: string; salt: string }>();

/** Decrypting is most of what a session costs here, and every request of a browser brings the same token. */
async function readToken({ token, secret, salt }: { token: string; secret: string; salt: string }): Promise<Payload | null> {
  const found = known.get(token);
  if (found && found.secret === secret && found.salt === salt) return isPast(found.payload) ? null : found.payload;
  const payload: Payload | null = await decode({ token, secret, salt }).catch(() => null);
  if (!payload) return null;
  const oldest = known.keys().next();
  if (known.size >= mostTokens && !oldest.done) known.delete(oldest.value);
  known.set(token, { payload, secret, salt });
  return payload;
}

function isPast({ exp }: Payload): boolean {
  return typeof exp !== "number" || exp * 1000 <= Date.now();
}
