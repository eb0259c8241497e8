import type { Actor, Context, RequestInfo } from "../actor.ts";

/** The context of somebody who has just proved who they are: there is no session yet. */
export function signInContext<Person extends Actor>(request: RequestInfo, actor: Person): Context & { actor: Person } {
  return { ...request, actor, onBehalfOf: null, impersonation: null };
}

/** The context of an attempt by nobody knows whom. */
export function attemptContext(request: RequestInfo, label = "Sign-in"): Context & { actor: Actor } {
  return signInContext(request, { type: "system", id: "sign-in", label });
}
