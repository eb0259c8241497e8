import { expect, test } from "vitest";
import { createStaffCaller } from "#router/staff-router.ts";
import { arrange, contextOf, findEvents, makeOrganization, makeStaff, unique } from "#testing/fixtures.ts";

async function find(query: string) {
  const caller = createStaffCaller(contextOf(await makeStaff("admin")));
  return (await caller.search.find({ query })).hits;
}

async function makePeople(name: string, count: number) {
  for (let number = 0; number < count; number += 1)
    await arrange((db) => db.user.create({ data: { name: `${name} ${number}`, email: `${unique()}@customer.example` } }));
}

test("an exact slug comes first, then organizations, then people, each from the newest", async () => {
  const word = unique();
  await makeOrganization({ canary: word });
  const { id, slug } = await makeOrganization({ canary: word });
  const slugs = await find(slug);
  expect(slugs[0]).toMatchObject({ id, type: "Organization", path: `/admin/organizations/${id}` });
  const hits = await find(word.toUpperCase());
  expect(hits.map(({ type }) => type)).toEqual([...Array(2).fill("Organization"), ...Array(6).fill("User")]);
  for (const type of ["Organization", "User"]) {
    const found = hits.filter((hit) => hit.type === type).map((hit) => hit.id);
    expect(found).toEqual(found.toSorted().reverse());
  }
});

test("a whole address finds its person alone; one that nobody has, those who have it inside theirs", async () => {
  const world = await makeOrganization();
  const { id, email } = world.people.owner;
  await arrange((db) => db.user.create({ data: { name: "Other", email: `not.${email}` } }));
  expect(await find(email.toUpperCase())).toMatchObject([{ id, detail: email }]);
  expect(await find(email.slice(1))).toHaveLength(2);
});

test("of more than 25 people the newest are found; the page and the record say that there are more, and of 25 that there are not", async () => {
  const word = unique();
  await makePeople(word, 26);
  const actor = await makeStaff("admin");
  const caller = createStaffCaller(contextOf(actor));
  const { hits, more } = await caller.search.find({ query: word });
  expect(hits.map(({ label }) => label)).toEqual(Array.from({ length: 25 }, (_, index) => `${word} ${25 - index}`));
  await arrange((db) => db.user.deleteMany({ where: { name: `${word} 0` } }));
  const all = await caller.search.find({ query: word });
  expect([more, all.hits.length, all.more]).toEqual([true, 25, false]);
  expect((await findEvents({ actorId: actor.id })).map(({ metadata }) => metadata)).toMatchObject([
    { query: word, hits: 25, more: true },
    { query: word, hits: 25, more: false },
  ]);
});

test("a pattern's own characters are looked for as they are written", async () => {
  expect(await find(`%_%${unique()}`)).toEqual([]);
  expect(await find("%%%")).toEqual([]);
});

test("letters of any case and alphabet are found, and no fragment reaches from an address into a name", async () => {
  const word = unique();
  const { id } = await arrange((db) =>
    db.user.create({ data: { name: `ÅSA ŻÓŁĆ ${word}`, email: `${word}@customer.example` }, select: { id: true } }),
  );
  for (const query of [`åsa żółć ${word}`, `ÅSA ŻÓŁĆ ${word}`, `Åsa żóŁć ${word.toUpperCase()}`])
    expect(await find(query)).toMatchObject([{ id }]);
  expect(await find(`${word}@customer.exampleÅ`)).toEqual([]);
});
