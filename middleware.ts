import { type NextRequest, NextResponse } from "next/server";
import { absent, isReadable, isServedHere, mayPass, refusal, unreadable } from "#server/auth/gateway.ts";
import { contentSecurityPolicy, securityHeaders } from "#server/auth/security-headers.ts";

// Pings, the one address that programs ask all day, do not pass: their answer says itself what this would have added.
export const config = { matcher: ["/((?!_next/static/|ping/[0-9a-f]{64}(?:/start|/fail)?$).*)"], runtime: "nodejs" };

/** The first door of every request: request id, security headers, staff area only with the staff cookie. Never the only lock. */
export function middleware(request: NextRequest): NextResponse {
  const requestId = crypto.randomUUID();
  const nonce = crypto.randomUUID();
  const policy = contentSecurityPolicy({ nonce, pathname: request.nextUrl.pathname });
  const response = answer(request, { requestId, policy });
  for (const [name, value] of Object.entries(securityHeaders(request.nextUrl.pathname))) response.headers.set(name, value);
  response.headers.set("content-security-policy", policy);
  response.headers.set("x-request-id", requestId);
  return response;
}

function answer(request: NextRequest, own: { requestId: string; policy: string }): NextResponse {
  if (!isReadable(request)) return unreadable();
  if (!isServedHere(request)) return absent();
  return mayPass(request) ? NextResponse.next({ request: { headers: requestHeaders(request, own) } }) : refusal(request);
}

// Next takes the nonce for its scripts from the policy among the request's headers.
function requestHeaders(request: NextRequest, { requestId, policy }: { requestId: string; policy: string }): Headers {
  const headers = new Headers(request.headers);
  headers.set("x-request-id", requestId);
  headers.set("content-security-policy", policy);
  return headers;
}
