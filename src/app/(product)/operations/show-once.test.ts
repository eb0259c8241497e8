import { expect, test } from "vitest";
import { hashApiKey } from "#server/auth/api-key.ts";
import { decryptSecret } from "#server/auth/encrypt-secret.ts";
import { writer } from "#server/db.ts";
import { signingSecretOf } from "#server/webhook-signature.ts";
import { findEvents, makeOrganization, unique } from "#testing/fixtures.ts";
import { makeApiKey, makeWebhook } from "#testing/scenarios/integrations.ts";
import { signedInHeaders } from "#testing/session-cookies.ts";
import { POST } from "./[name]/route.ts";

type World = Awaited<ReturnType<typeof makeOrganization>>;

async function submit(name: string, fields: Record<string, string>, person: World["people"]["owner"]) {
  const headers = await signedInHeaders("product", person.sessionId);
  headers.set("content-type", "application/x-www-form-urlencoded");
  const request = new Request(`http://localhost:3000/operations/${name}`, { method: "POST", headers, body: new URLSearchParams(fields) });
  const response = await POST(request, { params: Promise.resolve({ name }) });
  return { response, text: await response.text() };
}

test("the answer to the form has the key, once, with a way on; neither an address, a cookie nor a cache has it", async () => {
  const world = await makeOrganization();
  const { slug } = world;
  const fields = {
    targetId: world.id,
    back: `/o/${slug}/api/new`,
    next: `/o/${slug}/api`,
    "input.name": "Script",
    "input.monitorsRead": "on",
  };
  const { response, text } = await submit("apiKey.create", fields, world.people.admin);
  expect(response.status).toBe(200);
  expect(Object.fromEntries(response.headers)).toMatchObject({ "cache-control": "no-store", "content-type": "text/html; charset=utf-8" });
  expect(response.headers.get("set-cookie")).toBeNull();
  const [, key = ""] = /<code>(cs_live_[0-9a-f]{8}_[\w-]{43})<\/code>/.exec(text) ?? [];
  expect(text).toContain(`href="/o/${slug}/api"`);
  const row = await writer().apiKey.findFirstOrThrow({ where: { organizationId: world.id } });
  expect(row).toMatchObject({ keyHash: hashApiKey(key), prefix: key.slice(0, 16), scopes: ["monitors:read"], name: "Script" });
  const events = await findEvents({ organizationId: world.id, operation: "apiKey.create" });
  const changes = await writer().auditChange.findMany({ where: { rowId: row.id } });
  expect(events).toHaveLength(1);
  expect(JSON.stringify([events, changes])).not.toContain(key.slice(17));
  expect(JSON.stringify(changes)).not.toContain(row.keyHash);
});

test("a webhook's secret too, first and new; what is stored is encrypted", async () => {
  const world = await makeOrganization();
  const fields = { targetId: world.id, back: "/", "input.url": `https://example.com/${unique()}`, "input.down": "on" };
  const secretIn = (text: string) => /<code>(whsec_[\w-]{43})<\/code>/.exec(text)?.[1] ?? "nothing";
  const stored = () => writer().webhookEndpoint.findFirstOrThrow({ where: { organizationId: world.id } });
  const first = secretIn((await submit("webhook.create", fields, world.people.owner)).text);
  const before = await stored();
  expect(before.signingSecret).not.toContain(first);
  expect(decryptSecret(before.signingSecret, signingSecretOf(world.id))).toBe(first);
  const again = { targetId: before.id, back: "/", confirmation: "example.com" };
  const second = secretIn((await submit("webhook.rotateSecret", again, world.people.owner)).text);
  expect(second).not.toBe(first);
  expect(decryptSecret((await stored()).signingSecret, signingSecretOf(world.id))).toBe(second);
});

test.each([
  ["a private address", "https://169.254.169.254/", "This address is not on the public internet."],
  ["no encryption", "http://example.com/", "Use an address that begins with https://."],
])("a webhook to %s is refused at its field, and nothing is made", async (_what, url, sentence) => {
  const world = await makeOrganization();
  const fields = { targetId: world.id, back: "/o/x/webhooks/new", "input.url": url, "input.down": "on" };
  const { response } = await submit("webhook.create", fields, world.people.owner);
  expect(response.status).toBe(303);
  const draft = new URL(response.headers.get("location") ?? "", "http://localhost").searchParams.get("draft") ?? "";
  expect(await writer().formDraft.findUniqueOrThrow({ where: { id: draft } })).toMatchObject({
    error: { fields: { "input.url": sentence } },
  });
  expect(await writer().webhookEndpoint.count({ where: { organizationId: world.id } })).toBe(0);
});

test("nobody does it to another organization, and a member does not do it to their own", async () => {
  const [world, other] = [await makeOrganization(), await makeOrganization()];
  const [key, webhook] = [await makeApiKey(other), await makeWebhook(other)];
  const attempts: [string, Record<string, string>][] = [
    ["apiKey.create", { targetId: other.id, "input.name": "Mine", "input.monitorsRead": "on" }],
    ["apiKey.revoke", { targetId: key.id, confirmation: key.prefix }],
    ["webhook.create", { targetId: other.id, "input.url": "https://example.com/", "input.down": "on" }],
    ["webhook.delete", { targetId: webhook.id, confirmation: "example.com" }],
    ["webhook.rotateSecret", { targetId: webhook.id, confirmation: "example.com" }],
    ["webhook.sendTest", { targetId: webhook.id }],
    ["organization.requestExport", { targetId: other.id, confirmation: other.slug, "input.people": "on" }],
  ];
  for (const [name, fields] of attempts) {
    for (const person of [world.people.owner, other.people.member]) {
      const { response, text } = await submit(name, { back: "/", ...fields }, person);
      expect(response.headers.get("location"), `${name} by ${person.name}`).toMatch(/draft=/);
      expect(text).not.toMatch(/cs_live_|whsec_/);
    }
  }
  expect(await findEvents({ actorId: world.people.owner.id, outcome: "succeeded" })).toEqual([]);
  expect(await writer().apiKey.findUniqueOrThrow({ where: { id: key.id } })).toMatchObject({ revokedAt: null });
  expect(await writer().dataExport.count({ where: { organizationId: other.id } })).toBe(0);
});
