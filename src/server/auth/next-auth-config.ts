import type { NextAuthConfig } from "next-auth";
import { log } from "../log.ts";
import { toAppError } from "../to-app-error.ts";
import type { Surface } from "./cookie-names.ts";
import { authCookies } from "./cookies.ts";

declare module "next-auth" {
  interface User {
    sessionId?: string;
  }
}

/** What both instances have in common: tokens instead of next-auth's own tables, because the sessions are rows of ours. */
export function commonConfig(surface: Surface) {
  return {
    trustHost: true,
    cookies: authCookies(surface),
    logger: { error: logRefusalOrFailure, warn: (code) => log.warn({ code }, "next-auth"), debug: () => {} },
  } satisfies Partial<NextAuthConfig>;
}

/** What was thrown inside one of our callbacks, out of the wrapper that next-auth puts around it. */
export function unwrapAuthError(thrown: unknown): unknown {
  const cause = thrown instanceof Error ? (thrown.cause as { err?: unknown } | undefined) : undefined;
  return cause?.err ?? thrown;
}

function logRefusalOrFailure(thrown: Error): void {
  const error = toAppError(unwrapAuthError(thrown));
  // An invalid check is a callback that no sign-in of this browser led to: anybody can make one.
  if ("type" in thrown && thrown.type === "InvalidCheck") log.info({ type: thrown.type }, "sign-in refused");
  else if (error.status >= 500) log.error({ err: thrown, cause: error.message }, "sign-in failed");
  else log.info({ code: error.code }, "sign-in refused");
}
