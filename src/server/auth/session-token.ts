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
  const payload = await decode({ token, secret, salt }).catch(() => null);
  const id = payload?.[claim];
  return typeof id === "string" ? id : null;
}
