import { type AnyTRPCRouter, callTRPCProcedure } from "@trpc/server";
import { expect, test } from "vitest";
import type { z } from "zod";
import { listProcedures } from "#server/check-router.ts";
import { emptyContext, makeOrganization, makeStaff } from "#testing/fixtures.ts";
import { makeInvoice } from "#testing/make-invoice.ts";
import { beginImpersonation } from "#testing/scenarios/impersonations.ts";
import { makeApiKey, makeWebhook } from "#testing/scenarios/integrations.ts";
import type { World } from "#testing/scenarios/scenario.ts";
import { procedureContext } from "./procedure-context.ts";
import { productRouter } from "./product-router.ts";

const canary = "Canary-51d0";
const router: AnyTRPCRouter = productRouter;

/** The fields of what each read of the product takes. Operations take one id, their target: see the permission matrix. */
const reads = listProcedures(router)
  .filter(({ type }) => type === "query")
  .map(({ path }) => {
    const [input] = (router._def.procedures as Record<string, { _def: { inputs: z.ZodObject[] } }>)[path]?._def.inputs ?? [];
    return { path, fields: Object.keys(input?.shape ?? {}) };
  });

const idsOf: Record<string, (world: World) => Promise<string> | string> = {
  "apiKeys.get": async (world) => (await makeApiKey(world, { name: canary })).id,
  "webhooks.get": async (world) => (await makeWebhook(world)).id,
  "monitors.get": (world) => world.monitor.id,
  "supportAccess.visit": async (world) =>
    (await beginImpersonation({ world, starter: await makeStaff("support"), userId: world.people.member.id })).id,
  "billing.invoice": (world) => makeInvoice(world, { label: canary }),
  "members.get": (world) => world.people.member.membershipId,
};

/** The answer, or the refusal, with the names of what was asked for taken out. */
async function ask(path: string, world: World, input: Record<string, string>): Promise<string> {
  const ctx = procedureContext({ ...emptyContext(), actor: world.people.owner.actor });
  const call = { router, path, ctx, input, getRawInput: async () => input, type: "query", signal: undefined, batchIndex: 0 };
  const answer = await callTRPCProcedure(call as never).catch((error: { cause?: { code?: string; userMessage?: string } }) => ({
    refused: error.cause?.code,
    message: error.cause?.userMessage,
  }));
  return Object.values(input).reduce((text, asked) => text.replaceAll(asked, "…"), JSON.stringify(answer));
}

const withId = reads.filter(({ fields }) => fields.includes("id")).map(({ path }) => path);
const withSlug = reads.filter(({ fields }) => fields.includes("slug")).map(({ path }) => path);

test("every id that a read takes is tried here", () => {
  expect(withId.sort()).toEqual(Object.keys(idsOf).sort());
  expect(withSlug.length).toBeGreaterThan(10);
});

test.each(withId)("%s: an id of another organization under one's own is as absent as one that never was", async (path) => {
  const [own, other] = [await makeOrganization(), await makeOrganization({ canary })];
  const idOf = idsOf[path];
  if (!idOf) throw new Error(`There is no id for ${path}.`);
  const foreign = await idOf(other);
  const answer = await ask(path, own, { slug: own.slug, id: foreign });
  expect(answer).toContain("NOT_FOUND");
  expect(answer).not.toContain(canary);
  expect(answer).toBe(await ask(path, own, { slug: own.slug, id: foreign.replace(/.{6}$/, "000000") }));
  expect(await ask(path, own, { slug: own.slug, id: await idOf(own) }), "one's own is found").not.toContain("NOT_FOUND");
});

test.each(withSlug)("%s: another organization is as absent as one that never was", async (path) => {
  const [own, other] = [await makeOrganization(), await makeOrganization({ canary })];
  const id: Record<string, string> = withId.includes(path) ? { id: (await idsOf[path]?.(other)) ?? "" } : {};
  const answer = await ask(path, own, { slug: other.slug, ...id });
  expect(answer).toContain("NOT_FOUND");
  expect(answer).not.toContain(canary);
  expect(answer).toBe(await ask(path, own, { slug: "never-was", ...id }));
});
