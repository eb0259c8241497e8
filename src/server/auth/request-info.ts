import type { RequestInfo } from "../actor.ts";

const requestIdForm = /^[0-9a-f-]{36}$/;

/** What the audit keeps of a request, whoever sends it. */
export function requestInfo(headers: Headers): RequestInfo {
  const requestId = headers.get("x-request-id") ?? "";
  return {
    requestId: requestIdForm.test(requestId) ? requestId : crypto.randomUUID(),
    sourceIp: sourceIp(headers),
    userAgent: headers.get("user-agent")?.slice(0, 300) ?? null,
  };
}

// The nearest hop comes last: the proxy's own word where there is a trusted one, else the socket's address, because
// `forgetForgedAddresses` drops what a client says. Whatever precedes it may be invented.
function sourceIp(headers: Headers): string | null {
  const last = headers.get("x-forwarded-for")?.split(",").at(-1)?.trim();
  return last ? last.replace(/^::ffff:/, "").slice(0, 64) : null;
}
