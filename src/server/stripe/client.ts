import Stripe from "stripe";
import { env } from "#env.ts";

const milliseconds = 10_000;

let made: { client: Stripe; key: string; base: string } | undefined;

/** The payment provider. One try only: the queue tries again, and knows what a repetition means. */
export function stripe(): Stripe {
  const { STRIPE_SECRET_KEY: key, STRIPE_API_BASE: base } = env();
  if (!key) throw new Error("STRIPE_SECRET_KEY is not set, so nothing can be asked of Stripe.");
  if (made?.key !== key || made.base !== base) made = { client: createClient(key, new URL(base)), key, base };
  return made.client;
}

function createClient(key: string, { protocol, hostname, port }: URL): Stripe {
  const secure = protocol === "https:";
  return new Stripe(key, {
    apiVersion: "2026-10-28.endive",
    protocol: secure ? "https" : "http",
    host: hostname,
    port: port || (secure ? 443 : 80),
    timeout: milliseconds,
    maxNetworkRetries: 0,
    telemetry: false,
  });
}
