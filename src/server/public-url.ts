import { isIP } from "node:net";
import { env } from "#env.ts";
import { isPublicAddress } from "./public-address.ts";

const ports = new Set(["", "80", "443", "8080", "8443"]);
const localName = /(^|\.)(localhost|local|internal|lan|home\.arpa)\.?$/i;

/** Why we do not send anything to this address, in a sentence; null where we may. What its name stands for is checked when it is sent. */
export function whyNotPublicUrl(text: string): string | null {
  const url = URL.parse(text);
  if (!url) return "This is not an address.";
  if (url.username || url.password) return "Leave out the user and the password: whoever reads the address would read them.";
  if (env().WEBHOOK_ALLOW_PRIVATE) return /^https?:$/.test(url.protocol) ? null : "Use an address that begins with https://.";
  if (url.protocol !== "https:") return "Use an address that begins with https://.";
  if (!ports.has(url.port)) return "Use one of the ports 443, 80, 8443 and 8080.";
  const host = hostOf(url);
  if (isIP(host) ? !isPublicAddress(host) : localName.test(host)) return "This address is not on the public internet.";
  return null;
}

/** Without the brackets that an address has around IPv6. */
export function hostOf({ hostname }: URL): string {
  return hostname.replace(/^\[|\]$/g, "");
}
