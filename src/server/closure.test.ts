import { afterEach, describe, expect, test } from "vitest";
import { serveApi } from "#router/api/serve.ts";
import { serveTrpc } from "#router/http.ts";
import { procedureContext } from "#router/procedure-context.ts";
import { createProductCaller, productRouter } from "#router/product-router.ts";
import { getOperation } from "#router/registry.ts";
import { arrange, findEvents, makeOrganization } from "#testing/fixtures.ts";
import type { World } from "#testing/scenarios/scenario.ts";
import { signedInHeaders } from "#testing/session-cookies.ts";
import { findShutSentence, requireOpen } from "./closure.ts";
import { productContext } from "./context.ts";
import { reader, type Transaction } from "./db.ts";
import type { AppError } from "./errors.ts";
import { runOperation } from "./run-operation.ts";
import { getSetting } from "./settings.ts";

const select = { id: true } as const;
const close = {
  suspended: (db: Transaction, organizationId: string) =>
    db.suspension.create({ data: { organizationId, reason: "r", ticket: "t" }, select }),
  deactivated: (db: Transaction, organizationId: string) => db.deactivation.create({ data: { organizationId, reason: "r" }, select }),
  maintenance: (db: Transaction, organizationId: string) =>
    db.maintenance.create({ data: { organizationId, message: "Back at noon." }, select }),
};

const sentences = {
  suspended: (name: string) => `${name} is suspended. Nothing is lost; contact support to find out more.`,
  deactivated: (name: string) => `${name} is deactivated. Nothing is lost; contact support to open it again.`,
  maintenance: (name: string) => `${name} is under maintenance: Back at noon.`,
};

describe.each(["suspended", "deactivated", "maintenance"] as const)("an organization that is %s", (kind) => {
  const code = kind === "maintenance" ? "MAINTENANCE" : "SUSPENDED";

  async function closed() {
    const world = await makeOrganization();
    await arrange((db) => close[kind](db, world.id));
    return { world, context: procedureContext(await productContext(await signedInHeaders("product", world.people.owner.sessionId))) };
  }

  test("cannot be read by its people, who are told why", async () => {
    const { world, context } = await closed();
    await expect(createProductCaller(context).monitors.list({ slug: world.slug })).rejects.toMatchObject({
      message: sentences[kind](world.name),
      cause: { code },
    });
  });

  test("cannot be changed by its people, and the attempt is recorded with the reason", async () => {
    const { world, context } = await closed();
    const { actor } = context;
    if (!actor) throw new Error("Nobody is signed in.");
    const request = { operation: getOperation("organization.rename"), context: { ...context, actor }, ability: context.ability };
    const envelope = { targetId: world.id, input: { name: "Other" } };
    await expect(runOperation({ ...request, envelope })).rejects.toMatchObject({ code, userMessage: sentences[kind](world.name) });
    expect(await findEvents({ actorId: actor.id })).toMatchObject([{ outcome: "denied", metadata: { code } }]);
  });

  test("says so to requests that come without a person", async () => {
    const { world } = await closed();
    await expect(requireOpen(reader(), world.id)).rejects.toMatchObject({ code });
  });

  test(kind === "maintenance" ? "still lets its people sign in" : "lets nobody sign in who has no other", async () => {
    const { world } = await closed();
    const { member } = world.people;
    expect(await findShutSentence(member.id)).toBe(kind === "maintenance" ? null : sentences[kind](world.name));
    const other = await makeOrganization();
    await arrange((db) => db.membership.create({ data: { organizationId: other.id, userId: member.id, role: "member" }, select }));
    expect(await findShutSentence(member.id)).toBeNull();
  });
});

test("an open organization is open, also one beside a closed one", async () => {
  const world = await makeOrganization();
  await expect(requireOpen(reader(), world.id)).resolves.toBeUndefined();
});

describe("maintenance of everything", () => {
  const id = "maintenance";
  const is = (on: boolean) => expect.poll(async () => (await getSetting("maintenance")).on, { timeout: 3_000 }).toBe(on);

  afterEach(async () => {
    await arrange((db) => db.setting.deleteMany({ where: { id } }));
    await is(false);
  });

  async function begin(): Promise<World> {
    const world = await makeOrganization();
    await arrange((db) => db.setting.create({ data: { id, value: { on: true, message: "Back at two." } }, select }));
    await is(true);
    return world;
  }

  test("refuses customers and the API with 503 and when to come back", async () => {
    const world = await begin();
    const headers = await signedInHeaders("product", world.people.owner.sessionId);
    const refused = { code: "MAINTENANCE", status: 503, userMessage: "Back at two." } satisfies Partial<AppError>;
    await expect(productContext(headers)).rejects.toMatchObject(refused);
    await expect(productContext(new Headers())).rejects.toMatchObject(refused);
    const request = new Request("http://localhost:3000/api/trpc/organizations.mine", { headers });
    const response = await serveTrpc({ request, endpoint: "/api/trpc", router: productRouter, contextOf: productContext });
    expect([response.status, response.headers.get("retry-after")]).toEqual([503, "120"]);
    expect(await response.text()).toContain("Back at two.");
    const answer = await serveApi(new Request("http://localhost:3000/api/v1/monitors"), ["monitors"]);
    expect([answer.status, answer.headers.get("retry-after"), await answer.json()]).toMatchObject([
      503,
      "120",
      { error: { message: "Back at two." } },
    ]);
  });
});

test("one organization's maintenance reaches the API as 503 with when to come back", async () => {
  const world = await makeOrganization();
  await arrange((db) => close.maintenance(db, world.id));
  const input = encodeURIComponent(JSON.stringify({ slug: world.slug }));
  const request = new Request(`http://localhost:3000/api/trpc/monitors.list?input=${input}`, {
    headers: await signedInHeaders("product", world.people.owner.sessionId),
  });
  const response = await serveTrpc({ request, endpoint: "/api/trpc", router: productRouter, contextOf: productContext });
  expect([response.status, response.headers.get("retry-after")]).toEqual([503, "120"]);
});
