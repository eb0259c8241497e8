import { isDevelopment, isServedOverHttps } from "#env.ts";
import { otherOrigin } from "./hosts.ts";

const always = {
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
  "referrer-policy": "same-origin",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "permissions-policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()",
};

export function securityHeaders(pathname: string): Record<string, string> {
  return {
    ...always,
    // Its address carries a code.
    ...(pathname === "/impersonation/enter" ? { "referrer-policy": "no-referrer" } : {}),
    ...(isServedOverHttps() ? { "strict-transport-security": "max-age=63072000" } : {}),
  };
}

/** Only scripts that Next itself put into this answer run. Development reloads styles inline and evaluates source maps. */
export function contentSecurityPolicy({ nonce, pathname }: { nonce: string; pathname: string }): string {
  const development = isDevelopment();
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${development ? " 'unsafe-eval'" : ""}`,
    `style-src 'self'${development ? " 'unsafe-inline'" : ""}`,
    "img-src 'self' data:",
    "object-src 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    ...(leavesThisSite(pathname) ? [] : [["form-action 'self'", otherOrigin(pathname)].filter(Boolean).join(" ")]),
    ...(isServedOverHttps() ? ["upgrade-insecure-requests"] : []),
  ].join("; ");
}

// Chromium applies form-action also to where a form's answer redirects: to the other surface where that has a host of
// its own, and here to wherever the identity provider lives.
function leavesThisSite(pathname: string): boolean {
  return pathname === "/admin/sign-in";
}
