import type { IncomingMessage, ServerResponse } from "node:http";

/** What a stand-in's pages answer: HTML for people, JSON for programs. */
export type Answer = { status?: number; html?: string; json?: unknown; location?: string; policy?: string };

/** The page's own styles and nothing else; a stand-in adds what its own pages need. */
export const pagePolicy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'";

/** A page of another site must not reach a stand-in, not even under a name that points to this machine. */
export function isFromHere({ headers }: IncomingMessage): boolean {
  const isOtherSite = headers["sec-fetch-site"] === "cross-site" && headers["sec-fetch-mode"] !== "navigate";
  return /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/.test(headers.host ?? "") && !isOtherSite;
}

/** Programs send neither header. */
export function isSameOrigin({ headers }: IncomingMessage): boolean {
  const { origin, host } = headers;
  return (headers["sec-fetch-site"] ?? "same-origin") === "same-origin" && (origin === undefined || origin === `http://${host}`);
}

/** JSON, and from here: no form of another site can send it. */
export function isOwnJson(request: IncomingMessage): boolean {
  return isSameOrigin(request) && request.headers["content-type"]?.split(";", 1)[0] === "application/json";
}

export function send(response: ServerResponse, { status = 200, html, json, location, policy = pagePolicy }: Answer): void {
  response.writeHead(status, {
    "content-type": html === undefined ? "application/json" : "text/html; charset=utf-8",
    "cache-control": "no-store",
    "content-security-policy": policy,
    "cross-origin-resource-policy": "same-origin",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    ...(location && { location }),
  });
  response.end(html ?? `${JSON.stringify(json, null, 2)}\n`);
}
