import { env } from "#env.ts";
import { findFreePort } from "../../dev/ports.ts";
import type { Fault } from "../../dev/stripe/faults.ts";
import type { ImportedCustomer } from "../../dev/stripe/import.ts";
import type { Kind, Kinds } from "../../dev/stripe/kinds.ts";
import { startStripe } from "../../dev/stripe.ts";
import { unique } from "./fixtures.ts";

export type TestStripe = Awaited<ReturnType<typeof startTestStripe>>;

/** A Stripe of the test's own, in memory; what the application asks of Stripe goes there. To be started before anything else. */
export async function startTestStripe({ webhookUrl = null }: { webhookUrl?: string | null } = {}) {
  const port = await findFreePort();
  process.env.STRIPE_API_BASE = `http://localhost:${port}`;
  const { STRIPE_API_BASE, STRIPE_SECRET_KEY: secretKey = "", STRIPE_WEBHOOK_SECRET: webhookSecret = "" } = env();
  if (new URL(STRIPE_API_BASE).port !== String(port)) throw new Error("The configuration was read before the stand-in was started.");
  const { apiBase, stop } = await startStripe({ port, dataDir: null, secretKey, webhookSecret, webhookUrl });
  const control = controlOf(apiBase);
  return { apiBase, stop, ...control };
}

/** What tests do with a stand-in beside asking it through the SDK. */
export function controlOf(apiBase: string) {
  const post = async (name: string, body: object) => {
    const headers = { "content-type": "application/json" };
    const response = await fetch(`${apiBase}/control/${name}`, { method: "POST", headers, body: JSON.stringify(body) });
    if (!response.ok) throw new Error(`The stand-in refused ${name}: ${await response.text()}`);
    return response.json();
  };
  return {
    fault: (fault: Fault) => post("faults", fault),
    control: post,
    import: (customers: ImportedCustomer[]) => post("import", { customers }),
    /** Newest first. */
    objects: async <K extends Kind>(kind: K): Promise<Kinds[K][]> => (await fetch(`${apiBase}/objects.json?kind=${kind}`)).json(),
  };
}

/** A customer on the team plan who paid 45.00 € for five seats, by a card that works. */
export function makeImported(given: Partial<ImportedCustomer> = {}): ImportedCustomer {
  const key = unique();
  const now = Math.floor(Date.now() / 1_000);
  const month = 30 * 86_400;
  return {
    id: `cus_${key}`,
    name: `Customer ${key}`,
    email: `${key}@customer.example`,
    currency: "eur",
    created: now - month,
    card: { id: `pm_${key}` },
    subscription: {
      id: `sub_${key}`,
      lookupKey: "team-eur",
      quantity: 5,
      status: "active",
      periodStart: now - 10 * 86_400,
      periodEnd: now + 20 * 86_400,
    },
    invoices: [
      {
        id: `in_${key}`,
        paymentIntent: `pi_${key}`,
        number: `TEST-${key}`,
        status: "paid",
        amount: 4_500,
        description: "Team plan, each seat",
        quantity: 5,
        created: now - 10 * 86_400,
        periodStart: now - 10 * 86_400,
        periodEnd: now + 20 * 86_400,
      },
    ],
    ...given,
  };
}
