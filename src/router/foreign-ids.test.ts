import { beforeAll, describe, expect, test } from "vitest";
import type { z } from "zod";
import type { StaffActor } from "#server/actor.ts";
import { listProcedures } from "#server/check-router.ts";
import { callProcedure, routers, type Surface } from "#testing/call-procedure.ts";
import { emptyContext, makeOrganization, makeStaff } from "#testing/fixtures.ts";
import { makeInvoice } from "#testing/make-invoice.ts";
import { readInputs } from "#testing/read-inputs.ts";
import { makeSatellites } from "#testing/satellites.ts";
import { beginImpersonation } from "#testing/scenarios/impersonations.ts";
import { makeApiKey, makeWebhook } from "#testing/scenarios/integrations.ts";
import type { World } from "#testing/scenarios/scenario.ts";

const canary = "Canary-51d0";

/** The fields of what each read takes. Operations take one id, their target: see the permission matrix. */
function readsOf(surface: Surface) {
  const procedures: Record<string, { _def: { inputs: z.ZodObject[] } }> = routers[surface]._def.procedures;
  return listProcedures(routers[surface])
    .filter(({ type }) => type === "query")
    .map(({ path }) => ({ path, fields: Object.keys(procedures[path]?._def.inputs[0]?.shape ?? {}) }));
}

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
  const context = { ...emptyContext(), actor: world.people.owner.actor };
  const { refusal, text } = await callProcedure({ surface: "product", path, type: "query", input, context });
  return Object.values(input).reduce((answer, asked) => answer.replaceAll(asked, "…"), `${refusal} ${text}`);
}

const reads = readsOf("product");
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

describe("in the staff area", () => {
  let staff: StaffActor;
  let ids: Awaited<ReturnType<typeof makeSatellites>>;
  let inputs: Record<string, object | undefined>;
  beforeAll(async () => {
    const world = await makeOrganization();
    staff = await makeStaff("admin");
    ids = await makeSatellites(world, staff);
    inputs = readInputs({ world, ids, words: world.slug }).staff;
  });
  const askAsStaff = (path: string, input: object) =>
    callProcedure({ surface: "staff", path, type: "query", input, context: { ...emptyContext(), actor: staff } });
  const naming = readsOf("staff").flatMap(({ path, fields }) =>
    ["id", "key", "name", "targetId"].filter((field) => fields.includes(field)).map((field) => ({ path, field })),
  );
  const filtering = readsOf("staff").filter(({ path, fields }) => fields.includes("organization") && path !== "audit.beginExport");

  /** What is part of a page that asks for the thing itself beside it, and so only has nothing to show. */
  const parts = ["impersonations.views"];

  test("every read that takes an id is tried here", () => {
    expect(naming.length).toBeGreaterThan(15);
    expect(Object.keys(inputs).sort()).toEqual(
      readsOf("staff")
        .map(({ path }) => path)
        .sort(),
    );
  });

  test.each(naming)("$path: an absent $field, and one of another kind, is said to be absent, in words", async ({ path, field }) => {
    const given = inputs[path] as Record<string, string>;
    const right = given[field] ?? "";
    expect((await askAsStaff(path, given)).refusal, "the right one is found").toBeNull();
    const kind = right.slice(0, 4);
    const others = Object.values(ids).filter((id) => !id.startsWith(kind));
    for (const wrong of [right.replace(/.{6}$/, "000000"), "absent", ...others]) {
      const { refusal, text } = await askAsStaff(path, { ...given, [field]: wrong });
      if (parts.includes(path)) expect(`${refusal} ${text}`, wrong).toMatch(/^null (\[\]|\{"rows":\[\],)/);
      else expect(`${refusal} ${JSON.parse(text).userMessage}`, wrong).toMatch(/^NOT_FOUND There is no such .+\.$/);
    }
  });

  test.each(filtering)("$path: nothing is found of an organization that is absent, or none", async ({ path }) => {
    for (const organization of ["org_000000000000000000000000", ...Object.values(ids)]) {
      const { refusal, text } = await askAsStaff(path, { ...inputs[path], organization });
      expect(refusal, organization).toBeNull();
      expect(JSON.parse(text).rows, organization).toEqual([]);
    }
  });
});
