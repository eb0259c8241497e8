import type { Cleanup } from "./cleanup.ts";
import { isDatabaseConfigured } from "./database.ts";
import type { Environment } from "./environment.ts";
import type { NamedPort } from "./ports.ts";
import { readSecrets } from "./secrets.ts";
import { isConfigured, type Settings } from "./settings.ts";
import { StartError } from "./start-error.ts";

/** What is not configured and therefore brought up here. */
export type Embedded = { database: boolean; identityProvider: boolean; mail: boolean; stripe: boolean };

export function findEmbedded(environment: Environment, { appUrl }: Settings): Embedded {
  const identityProvider = !isConfigured(environment, ["STAFF_OIDC_ISSUER", "STAFF_OIDC_CLIENT_ID", "STAFF_OIDC_CLIENT_SECRET"]);
  if (identityProvider) requireLocal(appUrl);
  return {
    database: !isDatabaseConfigured(environment),
    identityProvider,
    mail: !isConfigured(environment, ["SMTP_URL"]),
    stripe: !isConfigured(environment, ["STRIPE_SECRET_KEY", "STRIPE_WEBHOOK_SECRET"]),
  };
}

export function portsOf(settings: Settings, embedded: Embedded): NamedPort[] {
  const { port, postgresPort, identityProviderPort, smtpPort, mailboxPort, stripePort } = settings;
  return [
    { port, purpose: "the application", variable: "PORT" },
    ...(embedded.database ? [{ port: postgresPort, purpose: "PostgreSQL", variable: "POSTGRES_PORT" }] : []),
    ...(embedded.identityProvider
      ? [{ port: identityProviderPort, purpose: "the demo identity provider", variable: "IDENTITY_PROVIDER_PORT" }]
      : []),
    ...(embedded.mail
      ? [
          { port: smtpPort, purpose: "the local mail server", variable: "SMTP_PORT" },
          { port: mailboxPort, purpose: "the mailbox's pages", variable: "MAILBOX_PORT" },
        ]
      : []),
    ...(embedded.stripe ? [{ port: stripePort, purpose: "the Stripe stand-in", variable: "STRIPE_PORT" }] : []),
  ];
}

/**
 * Starts all but the database, and says what the application must know of them. Each is loaded when it is started: a start
 * that cannot be says so at once.
 */
export async function startStandIns(settings: Settings, embedded: Embedded, cleanup: Cleanup): Promise<Environment> {
  return {
    ...(embedded.identityProvider ? await startDemoIdentityProvider(settings, cleanup) : {}),
    ...(embedded.mail ? await startLocalMail(settings, cleanup) : {}),
    ...(embedded.stripe ? await startLocalStripe(settings, cleanup) : {}),
  };
}

async function startDemoIdentityProvider({ identityProviderPort: port, staffUrl, dataDir }: Settings, cleanup: Cleanup) {
  const { startIdentityProvider } = await import("./identity-provider.ts");
  const issuer = `http://localhost:${port}`;
  const clientId = "countersign";
  const clientSecret = readSecrets(dataDir).staffOidcClient;
  const { stop } = await startIdentityProvider({
    port,
    issuer,
    clientId,
    clientSecret,
    redirectUris: [`${staffUrl}/admin/api/auth/callback/staff`],
    postLogoutRedirectUris: [`${staffUrl}/admin`],
    dataDir,
  });
  cleanup.add(stop);
  return { STAFF_OIDC_ISSUER: issuer, STAFF_OIDC_CLIENT_ID: clientId, STAFF_OIDC_CLIENT_SECRET: clientSecret };
}

async function startLocalMail({ smtpPort, mailboxPort: webPort, dataDir }: Settings, cleanup: Cleanup) {
  const { startMailServer } = await import("./mail.ts");
  const { smtpUrl, stop } = await startMailServer({ smtpPort, webPort, dataDir });
  cleanup.add(stop);
  return { SMTP_URL: smtpUrl };
}

async function startLocalStripe({ stripePort: port, appUrl, dataDir }: Settings, cleanup: Cleanup) {
  const { startStripe } = await import("./stripe.ts");
  const { stripeKey: secretKey, stripeWebhook: webhookSecret } = readSecrets(dataDir);
  const { apiBase, stop } = await startStripe({ port, dataDir, secretKey, webhookSecret, webhookUrl: `${appUrl}/api/stripe/webhook` });
  cleanup.add(stop);
  return { STRIPE_SECRET_KEY: secretKey, STRIPE_WEBHOOK_SECRET: webhookSecret, STRIPE_API_BASE: apiBase };
}

// It asks for no password, so it must never let anyone into an application that others can reach.
function requireLocal(appUrl: string) {
  const { hostname } = new URL(appUrl);
  if (hostname === "localhost" || hostname.endsWith(".localhost") || hostname === "127.0.0.1" || hostname === "[::1]") return;
  throw new StartError(
    `APP_URL is ${appUrl}, and the demo identity provider serves only this machine: set STAFF_OIDC_ISSUER, STAFF_OIDC_CLIENT_ID and STAFF_OIDC_CLIENT_SECRET.`,
  );
}
