import { beforeAll, expect, test } from "vitest";
import { idPrefixes } from "#lib/ids.ts";
import { createStaffCaller } from "#router/staff-router.ts";
import { asRole } from "#testing/database.ts";
import { arrange, contextOf, findEvents, makeOrganization, makeStaff, unique } from "#testing/fixtures.ts";
import { makeIds } from "#testing/make-ids.ts";
import { makeApiKey } from "#testing/scenarios/integrations.ts";

let ids: Awaited<ReturnType<typeof makeIds>>;

beforeAll(async () => {
  ids = await makeIds();
});

async function search(query: string) {
  const actor = await makeStaff("viewer");
  const found = await createStaffCaller(contextOf(actor)).search.find({ query });
  const [event] = await findEvents({ actorId: actor.id, operation: "search.run" });
  return { ...found, recorded: event?.metadata as { query: string; hits: number; more: boolean } };
}

test("the table has every kind of id that the schema makes", () => {
  expect(Object.keys(ids.ours).sort()).toEqual(Object.keys(idPrefixes).sort());
});

test.each(Object.keys(idPrefixes))("a pasted %s_… goes straight to the page that shows it, and is recorded as one hit", async (prefix) => {
  const [id, path] = ids.ours[prefix] ?? ["", ""];
  expect(id).toMatch(new RegExp(`^${prefix}_[0-9a-f]{24}$`));
  const { goTo, hits, recorded } = await search(id);
  expect({ goTo, hits }).toEqual({ goTo: path, hits: [] });
  expect(recorded).toEqual({ query: id, hits: path ? 1 : 0, more: false, where: "everywhere" });
});

test.each(["customer", "subscription", "invoice", "payment", "charge", "refund", "job"] as const)(
  "so does the id of a %s that is not made here",
  async (kind) => {
    const [id, path] = ids.theirs[kind];
    expect(await search(id)).toMatchObject({ goTo: path, hits: [], recorded: { query: id, hits: 1, more: false } });
  },
);

test("an id that nobody has is said to be unknown, whatever it would be of", async () => {
  for (const prefix of Object.keys(idPrefixes)) {
    const id = `${prefix}_019${unique()}${unique().slice(0, 9)}`;
    expect(await search(id), id).toMatchObject({ goTo: null, hits: [], isId: true, recorded: { query: id, hits: 0, more: false } });
  }
});

test("so is a job's id that nobody has, and one that is no id at all is looked for as a word", async () => {
  expect(await search(crypto.randomUUID())).toMatchObject({ goTo: null, isId: true });
  for (const query of [`xyz_${unique()}${unique()}`, "in_nothing", "cus_nothing"])
    expect(await search(query)).toMatchObject({ goTo: null, hits: [], isId: false });
});

test("the prefix of an API key goes to its organization; of a whole key that is all that is looked for, told and recorded", async () => {
  const world = await makeOrganization();
  const { key, prefix } = await makeApiKey(world);
  for (const typed of [prefix, key, key.slice(0, 40)])
    expect(await search(typed)).toMatchObject({
      query: prefix,
      goTo: `/admin/organizations/${world.id}`,
      recorded: { query: prefix, hits: 1 },
    });
  expect(await search("cs_live_00000000")).toMatchObject({ goTo: null, hits: [] });
});

test("what is gone is looked up in the audit: the events about it, or the one that removed it", async () => {
  const { id, people } = await makeOrganization();
  const { id: flag } = await arrange((db) =>
    db.organizationFlag.create({ data: { organizationId: id, flag: "x", enabled: true }, select: { id: true } }),
  );
  await arrange((db) => db.organizationFlag.delete({ where: { id: flag }, select: { id: true } }));
  const [change] = await asRole("superuser", async (client) => {
    const { rows } = await client.query(`SELECT "eventId" FROM "AuditChange" WHERE "rowId" = $1 AND "after" IS NULL`, [flag]);
    return rows as { eventId: string }[];
  });
  expect((await search(flag)).goTo).toBe(`/admin/audit/${change?.eventId}`);
  const staff = await makeStaff("operations");
  const caller = createStaffCaller(contextOf(staff));
  const revoked = people.member.sessionId;
  await expect(caller.organizations.get({ id: "org_nothing" })).rejects.toMatchObject({ code: "NOT_FOUND" });
  await asRole("superuser", async (client) => {
    await client.query(
      `INSERT INTO "AuditEvent" ("actorType", "actorId", "actorLabel", "operation", "outcome", "summary", "targetId")
       VALUES ('system', 'test', 'Test', 'session.end', 'succeeded', 'End it', $1)`,
      [revoked],
    );
    await client.query(`DELETE FROM "Session" WHERE "id" = $1`, [revoked]);
  });
  expect((await search(revoked)).goTo).toBe(`/admin/audit?target=${revoked}`);
});

test("what people call a thing is found: e-mail whole and in part, names, slug", async () => {
  const word = unique();
  const world = await makeOrganization({ canary: word });
  const { owner } = world.people;
  const organization = { type: "Organization", id: world.id, path: `/admin/organizations/${world.id}` };
  const user = { type: "User", id: owner.id, path: `/admin/users/${owner.id}` };
  expect((await search(owner.email)).hits).toMatchObject([user]);
  expect((await search(owner.email.slice(2, -4))).hits).toMatchObject([user]);
  expect((await search(owner.name)).hits).toMatchObject([user]);
  expect((await search(owner.name.slice(3))).hits).toMatchObject([user]);
  expect((await search(world.slug)).hits[0]).toMatchObject(organization);
  expect((await search(world.name)).hits).toMatchObject([organization]);
  const { hits, recorded } = await search(word);
  expect(hits.map(({ type }) => type)).toEqual(["Organization", "User", "User", "User"]);
  expect(recorded).toMatchObject({ query: word, hits: 4, more: false });
});

test("a setting and a plan are found by what the audit calls them, unless somebody is called so", async () => {
  expect((await search("maximumUploadBytes")).goTo).toBe("/admin/settings/maximumUploadBytes");
  await makeOrganization({ canary: "Budgets" });
  expect(await search("budgets")).toMatchObject({
    goTo: null,
    hits: expect.arrayContaining([expect.objectContaining({ type: "Organization" })]),
  });
  expect((await search("business")).goTo).toBe("/admin/settings");
});
