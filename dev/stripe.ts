import { createServer } from "node:http";
import { join } from "node:path";
import { isHangUp } from "./is-hang-up.ts";
import { listen } from "./listen.ts";
import { advance } from "./stripe/advance.ts";
import { ensureCatalogue } from "./stripe/catalogue.ts";
import { createFaults } from "./stripe/faults.ts";
import { createApi } from "./stripe/serve-api.ts";
import { createPages } from "./stripe/serve-pages.ts";
import { openStore } from "./stripe/store.ts";
import { createWebhooks } from "./stripe/webhooks.ts";

export type StripeServer = { apiBase: string; stop: () => Promise<void> };
type Options = {
  port: number;
  /** Without one, everything is forgotten at the end. */
  dataDir: string | null;
  secretKey: string;
  webhookSecret: string;
  /** Where events are sent. */
  webhookUrl: string | null;
};

const everyMilliseconds = 30_000;

/** Starts a Stripe of our own on 127.0.0.1: its API under /v1, pages to look at what is there, and webhooks. */
export async function startStripe({ port, dataDir, secretKey, webhookSecret, webhookUrl }: Options): Promise<StripeServer> {
  const store = openStore(dataDir && join(dataDir, "stripe", "journal.jsonl"));
  ensureCatalogue(store);
  const faults = createFaults();
  const webhooks = createWebhooks({ store, url: webhookUrl, secret: webhookSecret });
  const api = createApi({ store, faults, secretKey });
  const pages = createPages({ store, faults, webhooks });
  const server = createServer((request, response) => {
    const serve = request.url?.startsWith("/v1/") ? api : pages;
    serve(request, response).catch((error: unknown) => {
      if (!isHangUp(error)) console.error("The Stripe stand-in failed:", error);
      if (!response.headersSent) response.writeHead(500);
      response.end();
    });
  });
  // Trials end and periods renew by themselves.
  const renewals = setInterval(() => advance(store, { clock: null, now: Math.floor(Date.now() / 1_000) }), everyMilliseconds);
  renewals.unref();
  const stopServer = await listen(server, port);
  return {
    apiBase: `http://localhost:${port}`,
    async stop() {
      clearInterval(renewals);
      await webhooks.stop();
      await stopServer();
    },
  };
}
