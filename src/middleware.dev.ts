import { type NextRequest, NextResponse } from "next/server";
import { passFirstDoor } from "#server/auth/first-door.ts";
import type { Refusal } from "#server/auth/gateway.ts";
import { hostAsked } from "#server/auth/hosts.ts";

// Pings do not pass, as in production.
export const config = { matcher: ["/((?!_next/static/|ping/[0-9a-f]{64}(?:/start|/fail)?$).*)"], runtime: "nodejs" };

/** Where the first door stands in development, which has no server of our own. */
export function middleware({ nextUrl, headers }: NextRequest): NextResponse {
  const asked = { pathname: nextUrl.pathname, search: nextUrl.search, host: hostAsked(headers), cookies: headers.get("cookie") ?? "" };
  const { requestHeaders, answerHeaders, refusal } = passFirstDoor(asked);
  const response = refusal ? answer(refusal, nextUrl) : NextResponse.next({ request: { headers: added(headers, requestHeaders) } });
  for (const [name, value] of Object.entries(answerHeaders)) response.headers.set(name, value);
  return response;
}

// Next takes only whole addresses here.
function answer({ status, headers: { location, ...headers }, body }: Refusal, here: URL): NextResponse {
  return location ? NextResponse.redirect(new URL(location, here), status) : new NextResponse(body, { status, headers });
}

function added(headers: Headers, own: Record<string, string>): Headers {
  const all = new Headers(headers);
  for (const [name, value] of Object.entries(own)) all.set(name, value);
  return all;
}
