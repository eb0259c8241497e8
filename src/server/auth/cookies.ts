import type { NextAuthConfig } from "next-auth";
import { env } from "#env.ts";
import { impersonationCookieName, type Surface, sessionCookies } from "./cookie-names.ts";

const quarterOfAnHour = 15 * 60;
const paths = { product: "/", staff: "/admin" } as const satisfies Record<Surface, string>;

/** Every cookie that next-auth sets for one of the two surfaces. */
export function authCookies(surface: Surface): NextAuthConfig["cookies"] {
  const cookie = (name: string, maxAge?: number) => ({
    name: prefixed(name, paths[surface]),
    options: { ...cookieOptions(paths[surface]), ...(maxAge ? { maxAge } : {}) },
  });
  return {
    sessionToken: cookie(sessionCookies[surface]),
    callbackUrl: cookie(`countersign.${surface}-callback`, quarterOfAnHour),
    csrfToken: cookie(`countersign.${surface}-csrf`),
    pkceCodeVerifier: cookie(`countersign.${surface}-pkce`, quarterOfAnHour),
    state: cookie(`countersign.${surface}-state`, quarterOfAnHour),
    nonce: cookie(`countersign.${surface}-nonce`, quarterOfAnHour),
  };
}

export function sessionCookieName(surface: Surface): string {
  return prefixed(sessionCookies[surface], paths[surface]);
}

export function impersonationCookieFullName(): string {
  return prefixed(impersonationCookieName, "/");
}

export function cookieOptions(path: string) {
  return { httpOnly: true, sameSite: "lax", path, secure: isSecure() } as const;
}

/** What the request's Cookie header says under this name. */
export function findCookie(headers: Headers, name: string): string | null {
  for (const pair of headers.get("cookie")?.split(";") ?? []) {
    const [key, value] = pair.trim().split("=", 2);
    if (key === name && value) return value;
  }
  return null;
}

// Browsers take a __Host- cookie only for the whole host.
function prefixed(name: string, path: string): string {
  if (!isSecure()) return name;
  return path === "/" ? `__Host-${name}` : `__Secure-${name}`;
}

function isSecure(): boolean {
  return env().APP_URL.startsWith("https:");
}
