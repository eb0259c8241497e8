import type { Surface } from "./call-procedure.ts";
import type { makeSatellites } from "./satellites.ts";
import { bulkReads } from "./scenarios/bulk.ts";
import type { World } from "./scenarios/scenario.ts";

export type Asked = { world: World; ids: Awaited<ReturnType<typeof makeSatellites>>; words: string };

/** An input for every read, that asks for this organization's data; `words` is what to search for. A new read needs a line here. */
export function readInputs({ world, ids, words }: Asked): Record<Surface, Record<string, object | undefined>> {
  const { id, slug, people } = world;
  const bulk = Object.entries(bulkReads(() => ids.bulkRun)).map(([path, input]) => [path, input() as object | undefined]);
  return {
    staff: {
      "home.get": undefined,
      "search.find": { query: words },
      "organizations.list": { q: words },
      "organizations.get": { id },
      "users.list": { q: words },
      "users.get": { id: people.owner.id },
      "audit.list": { organization: id },
      "audit.get": { id: ids.event },
      "audit.beginExport": { format: "csv", organization: id },
      "operationForms.get": { name: "organization.rename", targetId: id },
      "proposals.get": { id: ids.proposal },
      ...Object.fromEntries(bulk),
      "proposals.mine": undefined,
      "proposals.waiting": {},
      "proposals.decided": {},
      "impersonations.list": {},
      "impersonations.get": { id: ids.impersonation },
      "impersonations.views": { id: ids.impersonation },
      "settings.list": undefined,
      "settings.get": { key: "maintenance" },
      "reviews.list": {},
      "reviews.found": {},
      "reviews.summary": undefined,
      "reviews.of": { id: ids.impersonation },
      "billing.ofOrganization": { id },
      "invoices.list": { organization: id },
      "invoices.get": { id: ids.invoice },
      "invoices.pdf": { id: ids.invoice },
      "dataExports.ofOrganization": { id },
      "invitations.ofUser": { id: people.owner.id },
      "supportAccess.mine": undefined,
      "staffMembers.list": undefined,
      "jobs.list": { organization: id },
      "jobs.counts": undefined,
      "jobs.failures": undefined,
      "jobs.get": { id: ids.job },
    },
    product: {
      "account.get": undefined,
      "account.secondFactorSetup": {},
      "apiKeys.list": { slug },
      "apiKeys.get": { slug, id: ids.apiKey },
      "webhooks.list": { slug },
      "webhooks.get": { slug, id: ids.webhook },
      "exports.list": { slug },
      "monitors.list": { slug },
      "monitors.get": { slug, id: world.monitor.id },
      "supportAccess.get": { slug },
      "supportAccess.visit": { slug, id: ids.impersonation },
      "supportAccess.now": undefined,
      "organizations.mine": undefined,
      "organizations.deletion": { slug },
      "billing.get": { slug },
      "billing.invoice": { slug, id: ids.invoice },
      "members.list": { slug },
      "members.get": { slug, id: people.member.membershipId },
    },
  };
}
