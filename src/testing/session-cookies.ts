import { encode } from "next-auth/jwt";
import { env } from "#env.ts";
import type { Surface } from "#server/auth/cookie-names.ts";
import { sessionCookieName } from "#server/auth/cookies.ts";

/** The headers of a browser that is signed in to this session. */
export async function signedInHeaders(surface: Surface, sessionId: string, overrides: { secret?: string; maxAge?: number } = {}) {
  const name = sessionCookieName(surface);
  const secret = surface === "staff" ? env().STAFF_AUTH_SECRET : env().PRODUCT_AUTH_SECRET;
  const value = await encode({ token: { sessionId }, secret, salt: name, ...overrides });
  return new Headers({ cookie: `other=1; ${name}=${value}` });
}

/** The same browser, with one more cookie. */
export function withCookie(headers: Headers, { name, value }: { name: string; value: string }): Headers {
  return new Headers({ cookie: [headers.get("cookie"), `${name}=${value}`].filter(Boolean).join("; ") });
}
