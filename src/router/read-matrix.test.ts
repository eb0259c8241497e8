import { type AnyTRPCRouter, callTRPCProcedure } from "@trpc/server";
import { beforeAll, expect, test } from "vitest";
import { staffRoleNames } from "#domain/roles.ts";
import { procedureContext } from "#router/procedure-context.ts";
import { productRouter } from "#router/product-router.ts";
import { staffRouter } from "#router/staff-router.ts";
import type { Actor, Context } from "#server/actor.ts";
import { listProcedures } from "#server/check-router.ts";
import { propose } from "#server/proposals.ts";
import { createCallerFactory } from "#server/trpc.ts";
import { asRole } from "#testing/database.ts";
import { arrange, emptyContext, findEvents, impersonating, makeOrganization, makeStaff } from "#testing/fixtures.ts";
import { makeInvoice } from "#testing/make-invoice.ts";
import { bulkReads, makeBulkRun } from "#testing/scenarios/bulk.ts";
import { makeApiKey, makeProgram, makeWebhook } from "#testing/scenarios/integrations.ts";
import { makeJob } from "#testing/scenarios/jobs.ts";
import type { World } from "#testing/scenarios/scenario.ts";
import { prepare, requestOf, runAsPeopleDo } from "#testing/scenarios.ts";

const canary = "Canary-7f3a";
const routers = { staff: staffRouter, product: productRouter } as const;
type Surface = keyof typeof routers;

let world: World;
/** One for all reads, so that its keys stay few. */
let program: Actor;
let integrationIds: { apiKey: string; webhook: string };
let ids: { proposal: string; event: string; impersonation: string; invoice: string; job: string; bulkRun: string };

beforeAll(async () => {
  world = await makeOrganization({ canary });
  program = await makeProgram(world);
  integrationIds = {
    apiKey: (await makeApiKey(world, { name: canary })).id,
    webhook: (await makeWebhook(world, { url: `https://example.com/${canary}` })).id,
  };
  const prepared = { ...(await prepare("subscription.extendTrial")), targetId: world.id };
  const { proposalId } = await propose(requestOf(prepared));
  const { eventId } = await runAsPeopleDo({ ...(await prepare("organization.suspend")), targetId: world.id });
  await arrange((db) => db.suspension.deleteMany({ where: { organizationId: world.id } }));
  const impersonation = await runAsPeopleDo({ ...(await prepare("impersonation.start")), targetId: world.people.member.membershipId });
  ids = {
    bulkRun: await makeBulkRun(world, "ready"),
    proposal: proposalId,
    event: eventId,
    impersonation: (impersonation.output as { impersonationId: string }).impersonationId,
    invoice: await makeInvoice(world, { label: canary }),
    job: await makeJob(world, { state: "failed", message: `550 <${world.people.owner.email}>: no such user` }),
  };
});

/** An input for every read, that asks for the canary organization's data. A new read needs a line here. */
const inputs: Record<Surface, Record<string, () => unknown>> = {
  staff: {
    "home.get": () => undefined,
    "search.find": () => ({ query: canary }),
    "organizations.list": () => ({ q: canary }),
    "organizations.get": () => ({ id: world.id }),
    "users.list": () => ({ q: canary }),
    "users.get": () => ({ id: world.people.owner.id }),
    "audit.list": () => ({ organization: world.id }),
    "audit.get": () => ({ id: ids.event }),
    "audit.beginExport": () => ({ format: "csv", organization: world.id }),
    "operationForms.get": () => ({ name: "organization.rename", targetId: world.id }),
    "proposals.get": () => ({ id: ids.proposal }),
    ...bulkReads(() => ids.bulkRun),
    "proposals.mine": () => undefined,
    "proposals.waiting": () => ({}),
    "proposals.decided": () => ({}),
    "impersonations.list": () => ({}),
    "impersonations.get": () => ({ id: ids.impersonation }),
    "impersonations.views": () => ({ id: ids.impersonation }),
    "settings.list": () => undefined,
    "settings.get": () => ({ key: "maintenance" }),
    "reviews.list": () => ({}),
    "reviews.found": () => ({}),
    "reviews.summary": () => undefined,
    "reviews.of": () => ({ id: ids.impersonation }),
    "billing.ofOrganization": () => ({ id: world.id }),
    "invoices.list": () => ({ organization: world.id }),
    "invoices.get": () => ({ id: ids.invoice }),
    "invoices.pdf": () => ({ id: ids.invoice }),
    "dataExports.ofOrganization": () => ({ id: world.id }),
    "invitations.ofUser": () => ({ id: world.people.owner.id }),
    "supportAccess.mine": () => undefined,
    "staffMembers.list": () => undefined,
    "jobs.list": () => ({ organization: world.id }),
    "jobs.counts": () => undefined,
    "jobs.failures": () => undefined,
    "jobs.get": () => ({ id: ids.job }),
  },
  product: {
    "account.get": () => undefined,
    "account.secondFactorSetup": () => ({}),
    "apiKeys.list": () => ({ slug: world.slug }),
    "apiKeys.get": () => ({ slug: world.slug, id: integrationIds.apiKey }),
    "webhooks.list": () => ({ slug: world.slug }),
    "webhooks.get": () => ({ slug: world.slug, id: integrationIds.webhook }),
    "exports.list": () => ({ slug: world.slug }),
    "monitors.list": () => ({ slug: world.slug }),
    "monitors.get": () => ({ slug: world.slug, id: world.monitor.id }),
    "supportAccess.get": () => ({ slug: world.slug }),
    "supportAccess.visit": () => ({ slug: world.slug, id: ids.impersonation }),
    "supportAccess.now": () => undefined,
    "organizations.mine": () => undefined,
    "organizations.deletion": () => ({ slug: world.slug }),
    "billing.get": () => ({ slug: world.slug }),
    "billing.invoice": () => ({ slug: world.slug, id: ids.invoice }),
    "members.list": () => ({ slug: world.slug }),
    "members.get": () => ({ slug: world.slug, id: world.people.member.membershipId }),
  },
};

const surfaces: Surface[] = ["staff", "product"];

test.each(surfaces)("every read of the %s area has a line here", (surface) => {
  const reads = listProcedures(routers[surface]).filter(({ type }) => type === "query");
  expect(reads.map(({ path }) => path).sort()).toEqual(Object.keys(inputs[surface]).sort());
});

test("every read × everybody is as in the committed table; nobody without a right sees a canary", async () => {
  const lines: string[] = [];
  for (const surface of surfaces) {
    for (const path of Object.keys(inputs[surface])) {
      for (const [who, context] of Object.entries(await everybody())) {
        const { answer, text } = await read(surface, path, context);
        const sees = text.includes(canary);
        const clear = Object.values(world.people).some(({ email }) => text.includes(email));
        if (surface === "staff" && hidesPersonalData.has(who)) expect(clear, `${who} reads an address in ${path}`).toBe(false);
        if (mayNotSee.has(who)) expect(sees, `${who} reads ${path}`).toBe(false);
        lines.push(`| ${surface} | ${path} | ${who} | ${answer}${sees ? ", sees it" : ""}${clear ? ", with addresses" : ""} |`);
      }
    }
  }
  await expect(`${["| area | read | who | answer |", "| --- | --- | --- | --- |", ...lines].join("\n")}\n`).toMatchFileSnapshot(
    "./read-matrix.md",
  );
}, 120_000);

test("who reveals a person's data sees it on that person's pages, and only they do; it ends by the database's clock", async () => {
  const { email } = world.people.owner;
  const actor = await makeStaff("support");
  const see = async (who: Actor, path: string) => (await read("staff", path, { ...emptyContext(), actor: who })).text.includes(email);
  expect(await see(actor, "users.get")).toBe(false);
  const prepared = await prepare("user.revealPersonalData");
  const { eventId } = await runAsPeopleDo({ ...prepared, actor, targetId: world.people.owner.id });
  expect(await findEvents({ id: eventId })).toMatchObject([{ reason: "A test of it", targetId: world.people.owner.id, actorId: actor.id }]);
  expect(await see(actor, "users.get")).toBe(true);
  expect(await see(actor, "users.list")).toBe(false);
  expect(await see(await makeStaff("support"), "users.get")).toBe(false);
  await asRole("superuser", (client) =>
    client.query(`UPDATE "PersonalDataReveal" SET "expiresAt" = now() WHERE "staffMemberId" = $1`, [actor.id]),
  );
  expect(await see(actor, "users.get")).toBe(false);
});

test("a page address by e-mail holds no e-mail", async () => {
  const context = { ...emptyContext(), actor: await makeStaff("support") };
  for (let count = 0; count < 17; count += 1) await makeOrganization();
  const caller = createCallerFactory(staffRouter)(procedureContext(context));
  const first = await caller.users.list({ sort: "email" });
  expect(Buffer.from(first.next ?? "", "base64url").toString()).not.toContain("@");
  const second = await caller.users.list({ sort: "email", after: first.next ?? "" });
  expect(second.rows.length).toBeGreaterThan(0);
  const seen = new Set(first.rows.map(({ id }) => id));
  expect(second.rows.filter(({ id }) => seen.has(id))).toEqual([]);
});

test("a read that is refused is an event", async () => {
  const actor = await makeStaff();
  expect(await read("staff", "organizations.get", { ...emptyContext(), actor })).toMatchObject({ answer: "FORBIDDEN" });
  expect(await findEvents({ actorId: actor.id })).toMatchObject([{ operation: "read.organizations.get", outcome: "denied" }]);
});

test("a search is an event with its query and its hits", async () => {
  const actor = await makeStaff("viewer");
  await read("staff", "search.find", { ...emptyContext(), actor });
  expect(await findEvents({ actorId: actor.id })).toMatchObject([
    { operation: "search.run", outcome: "succeeded", metadata: { query: canary, hits: expect.any(Number) } },
  ]);
});

/** Staff to whom addresses are hidden until they reveal them. */
const hidesPersonalData = new Set(["viewer", "support"]);

const mayNotSee = new Set([
  "nobody",
  "staff without role",
  "someone without organization",
  "owner of another",
  "viewing as owner of another",
  "a program of another",
]);

async function everybody(): Promise<Record<string, Context>> {
  const context = emptyContext();
  const other = await makeOrganization();
  const viewingAs = async (viewed: World): Promise<Context> => ({
    ...context,
    actor: await makeStaff("support"),
    ...impersonating({ id: "imp_x", world: viewed, person: viewed.people.owner.actor }),
  });
  return {
    nobody: context,
    owner: { ...context, actor: world.people.owner.actor },
    "customer admin": { ...context, actor: world.people.admin.actor },
    member: { ...context, actor: world.people.member.actor },
    "owner of another": { ...context, actor: other.people.owner.actor },
    "someone without organization": { ...context, actor: { ...other.people.member.actor, memberships: [] } },
    ...Object.fromEntries(
      await Promise.all(staffRoleNames.map(async (role) => [role, { ...context, actor: await makeStaff(role) }] as const)),
    ),
    "staff without role": { ...context, actor: await makeStaff() },
    "viewing as owner": await viewingAs(world),
    "viewing as owner of another": await viewingAs(other),
    "a program": { ...context, actor: program },
    "a program of another": { ...context, actor: await makeProgram(other) },
  };
}

async function read(surface: Surface, path: string, context: Context): Promise<{ answer: string; text: string }> {
  const input = inputs[surface][path]?.();
  try {
    const router: AnyTRPCRouter = routers[surface];
    const result = await callTRPCProcedure({
      router,
      path,
      ctx: procedureContext(context),
      getRawInput: async () => input,
      input,
      type: "query",
      signal: undefined,
      batchIndex: 0,
    } as never);
    return { answer: "answers", text: JSON.stringify(result) };
  } catch (error) {
    const { cause } = error as { cause?: { code?: string; userMessage?: string } };
    return { answer: cause?.code ?? String(error), text: JSON.stringify(cause) };
  }
}
