import ipaddr from "ipaddr.js";

/** Answers questions about this machine to whatever runs in the cloud it belongs to, although its address is a public one. */
const platformAddresses = new Set(["168.63.129.16"]);
const globalUnicast = ipaddr.parseCIDR("2000::/3");

/** Whether this is the address of a machine that anybody on the internet can reach: none of ours, and none of the platform's. */
export function isPublicAddress(text: string): boolean {
  if (!ipaddr.isValid(text)) return false;
  const address = ipaddr.parse(text);
  if (address.range() !== "unicast") return false;
  if (address.kind() === "ipv6") return address.match(globalUnicast);
  return !platformAddresses.has(address.toString());
}
