import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Stripe from "stripe";
import { afterEach, beforeEach } from "vitest";
import { findFreePort } from "../../dev/ports.ts";
import { type StripeServer, startStripe } from "../../dev/stripe.ts";
import { controlOf } from "./stripe.ts";

export const secretKey = "sk_test_x";
export const webhookSecret = "whsec_x";

/** For each test a stand-in with a data directory of its own, and the SDK that talks to it; it can be stopped and started again. */
export function standInForEachTest() {
  const stand = {} as ReturnType<typeof controlOf> & { stripe: Stripe; port: number; apiBase: string };
  let dataDir = "";
  let server: StripeServer;

  async function start(webhookUrl: string | null = null): Promise<void> {
    server = await startStripe({ port: stand.port, dataDir, secretKey, webhookSecret, webhookUrl });
  }

  beforeEach(async () => {
    dataDir = mkdtempSync(join(tmpdir(), "countersign-stripe-"));
    stand.port = await findFreePort();
    await start();
    stand.apiBase = server.apiBase;
    stand.stripe = new Stripe(secretKey, { protocol: "http", host: "localhost", port: stand.port, maxNetworkRetries: 0 });
    Object.assign(stand, controlOf(server.apiBase));
  });
  afterEach(async () => {
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
  });

  return {
    stand,
    stop: () => server.stop(),
    async restart(webhookUrl: string | null = null) {
      await server.stop();
      await start(webhookUrl);
    },
  };
}
