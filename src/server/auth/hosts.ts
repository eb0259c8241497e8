import type { IncomingMessage } from "node:http";
import { env } from "#env.ts";
import type { Surface } from "./cookie-names.ts";

/** What both hosts answer: whether the process lives, and what pages are drawn with. */
const neutral = ["/healthz", "/readyz", "/_next", "/icon.svg"];

/** The origin at which a path of this application is reached: the staff area may have a host of its own. */
export function originOf(path: string): string {
  return new URL(urlOf(surfaceOf(path))).origin;
}

/** How to link to a path: as it is where both surfaces share a host, else with its host. */
export function addressOf(path: string): string {
  return hasTwoHosts() ? new URL(path, originOf(path)).href : path;
}

/** The host that was asked for: as the proxy in front has heard it, where there is one. */
export function hostAsked(headers: { get: (name: string) => string | null }): string | null {
  return headers.get("x-forwarded-host")?.split(",").at(-1)?.trim() ?? headers.get("host");
}

/** The same outside of Next, which drops what may be forged and fills in what is missing. */
export function hostOf({ headers }: IncomingMessage): string | null {
  if (!env().TRUSTED_PROXY) return headers.host ?? null;
  return hostAsked({ get: (name) => headers[name]?.toString() ?? null });
}

/** Whether this host serves this path. Without a host of its own the staff area is beside the product. */
export function servesHere({ path, host }: { path: string; host: string | null }): boolean {
  if (!hasTwoHosts() || neutral.some((root) => isAt(path, root))) return true;
  const here: Surface = host === new URL(urlOf("staff")).host ? "staff" : "product";
  return surfaceOf(path) === here;
}

/** The other surface's origin, to which forms here may lead; null where there is only one. */
export function otherOrigin(path: string): string | null {
  return hasTwoHosts() ? new URL(urlOf(surfaceOf(path) === "staff" ? "product" : "staff")).origin : null;
}

export function isAt(path: string, root: string): boolean {
  return path === root || path.startsWith(`${root}/`);
}

function surfaceOf(path: string): Surface {
  return isAt(path, "/admin") ? "staff" : "product";
}

function urlOf(surface: Surface): string {
  const { APP_URL, STAFF_URL = APP_URL } = env();
  return surface === "staff" ? STAFF_URL : APP_URL;
}

function hasTwoHosts(): boolean {
  return new URL(urlOf("staff")).host !== new URL(urlOf("product")).host;
}
