import type { NextRequest } from "next/server";

type Handler = (request: NextRequest) => Promise<Response>;

/** Of next-auth's actions only these; the others go past our own forms, or would prolong or end a token without its session. */
export function onlyActions(handler: Handler, actions: readonly string[]): Handler {
  return async (request) => {
    const [, action] = /\/api\/auth\/([^/]+)/.exec(request.nextUrl.pathname) ?? [];
    return action && actions.includes(action) ? handler(request) : new Response("Not found\n", { status: 404 });
  };
}
