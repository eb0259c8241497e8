import { apiScopeNames } from "#domain/api-scopes.ts";
import type { ServiceActor } from "#server/actor.ts";
import { createApiKey } from "#server/auth/api-key.ts";
import { encryptSecret } from "#server/auth/encrypt-secret.ts";
import { createSigningSecret, signingSecretOf } from "#server/webhook-signature.ts";
import { arrange, unique } from "../fixtures.ts";
import type { Scenarios, World } from "./scenario.ts";

const owner = (world: World) => world.people.owner.actor;
const system = () => ({ type: "system", id: "worker", label: "Test" }) as const;
const to = (world: World) => ({ email: world.people.owner.email, name: world.people.owner.name });

export const integrationScenarios = {
  "apiKey.create": { targetOf: (world) => world.id, input: () => ({ name: `Key ${unique()}`, monitorsRead: true }), actorOf: owner },
  "apiKey.revoke": { targetOf: async (world) => (await makeApiKey(world)).id },
  "dataExport.complete": {
    targetOf: makeExportWithFile,
    input: (world) => ({ recipients: [to(world)] }),
    actorOf: system,
  },
  "dataExport.fail": { targetOf: makeExport, input: () => ({ error: "It was too large." }), actorOf: system },
  "organization.requestExport": { targetOf: (world) => world.id, input: () => ({ people: true, monitors: true }) },
  "webhook.create": {
    targetOf: (world) => world.id,
    input: () => ({ url: `https://example.com/${unique()}`, down: true, up: true }),
    actorOf: owner,
  },
  "webhook.delete": { targetOf: async (world) => (await makeWebhook(world)).id, actorOf: owner },
  "webhook.rotateSecret": { targetOf: async (world) => (await makeWebhook(world)).id, actorOf: owner },
  "webhook.sendTest": { targetOf: async (world) => (await makeWebhook(world)).id, actorOf: owner },
} satisfies Scenarios;

/** A key of this organization, with the secret that is known only here. */
export async function makeApiKey(
  world: { id: string },
  { name = `Key ${unique()}`, scopes = ["monitors:read", "monitors:write", "pings:read"] }: { name?: string; scopes?: string[] } = {},
) {
  const { key, prefix, keyHash } = createApiKey();
  const data = { organizationId: world.id, name, prefix, keyHash, scopes, createdById: "usr_test" };
  const row = await arrange((db) => db.apiKey.create({ data, select: { id: true, name: true, prefix: true } }));
  return { ...row, key };
}

/** Acts where a request carries a key of this organization, one with every scope. */
export async function makeProgram(world: { id: string }): Promise<ServiceActor> {
  const { id, name } = await makeApiKey(world);
  return { type: "service", id, label: `API key ${name}`, organizationId: world.id, scopes: apiScopeNames };
}

export async function makeWebhook(
  world: { id: string },
  { url = `https://example.com/${unique()}`, events = ["monitor.down", "monitor.up"] } = {},
) {
  const secret = createSigningSecret();
  const signingSecret = encryptSecret(secret, signingSecretOf(world.id));
  const row = await arrange((db) =>
    db.webhookEndpoint.create({ data: { organizationId: world.id, url, events, signingSecret }, select: { id: true, url: true } }),
  );
  return { ...row, secret };
}

export async function makeExport(world: { id: string }): Promise<string> {
  const data = {
    organizationId: world.id,
    requestedByLabel: "Test",
    scopes: ["people", "monitors", "pings", "integrations", "invoices", "audit"],
  };
  return (await arrange((db) => db.dataExport.create({ data, select: { id: true } }))).id;
}

async function makeExportWithFile(world: World): Promise<string> {
  const id = await makeExport(world);
  await arrange((db) => db.dataExportFile.create({ data: { id, content: new TextEncoder().encode(unique()) }, select: { id: true } }));
  return id;
}
