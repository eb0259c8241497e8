import { isDevelopment, isServedOverHttps } from "#env.ts";

const always = {
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
  "referrer-policy": "same-origin",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "permissions-policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()",
};

export function securityHeaders(): Record<string, string> {
  return isServedOverHttps() ? { ...always, "strict-transport-security": "max-age=63072000" } : always;
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
    ...(leavesThisSite(pathname) ? [] : ["form-action 'self'"]),
    ...(isServedOverHttps() ? ["upgrade-insecure-requests"] : []),
  ].join("; ");
}

// Chromium applies form-action also to where a form's answer redirects: here, to wherever the identity provider lives.
function leavesThisSite(pathname: string): boolean {
  return pathname === "/admin/sign-in";
}
