import { subscribe } from "node:diagnostics_channel";
import type { IncomingMessage } from "node:http";
import { env } from "#env.ts";

const forwarded = ["x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-forwarded-port", "forwarded"];

/**
 * Without a trusted proxy in front, clients do not get to say where they come from: Next then fills in the address of
 * the socket. This channel is the only place before Next reads those headers.
 */
export function forgetForgedAddresses(): void {
  if (env().TRUSTED_PROXY) return;
  subscribe("http.server.request.start", (message) => {
    const { request } = message as { request: IncomingMessage };
    for (const name of forwarded) delete request.headers[name];
  });
}
