import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { tooShortToFind } from "#lib/fragment.ts";
import { createStaffCaller } from "#router/staff-router.ts";
import { describeCount } from "#server/keyset.ts";
import { asRole } from "#testing/database.ts";
import { contextOf, ensurePlans, findEvents, makeStaff, unique } from "#testing/fixtures.ts";
import { withManyRows } from "#testing/many-rows.ts";
import { organizationFilters } from "./organizations.ts";

const word = unique();
const statuses = ["trialing", "active", "pastDue", "canceled"] as const;
const plans = ["free", "team", "business"] as const;
const states = ["suspended", "deactivated", "maintenance", "deletion"] as const;
const closures = {
  suspended: [`"Suspension" ("organizationId", "reason", "ticket")`, "'x', 'x'"],
  deactivated: [`"Deactivation" ("organizationId", "reason")`, "'x'"],
  maintenance: [`"Maintenance" ("organizationId", "message")`, "'x'"],
  deletion: [`"ScheduledDeletion" ("organizationId", "reason", "dueAt")`, "'x', '2099-01-01'"],
} as const;

type Made = { id: string; name: string; slug: string; status: string | null; plan: string | null; state: string };
let made: Made[];

beforeAll(async () => {
  await ensurePlans();
  made = await asRole("superuser", async (client) => {
    // 130: more than a hundred, and three pages. Two and two have the same name; every thirteenth has no subscription.
    const { rows } = await client.query<Made>(
      `WITH made AS (
         INSERT INTO "Organization" ("name", "slug")
         SELECT format('Grid %s %s', $1::text, lpad((n / 2)::text, 3, '0')), format('grid-%s-%s', $1::text, n) FROM generate_series(1, 130) AS n RETURNING *)
       SELECT "id", "name", "slug", NULL AS status, NULL AS plan, 'open' AS state FROM made ORDER BY "id"`,
      [word],
    );
    for (const [index, row] of rows.entries()) {
      const state = [...states, "open", "open"][index % 6] as keyof typeof closures | "open";
      row.state = state;
      if (state !== "open") await client.query(`INSERT INTO ${closures[state][0]} VALUES ($1, ${closures[state][1]})`, [row.id]);
      if (index % 13 === 0) continue;
      row.status = statuses[index % 4] ?? null;
      row.plan = plans[index % 3] ?? null;
      await client.query(`INSERT INTO "Subscription" ("organizationId", "planId", "status", "seats") VALUES ($1, $2, $3, 5)`, [
        row.id,
        row.plan,
        row.status,
      ]);
    }
    return rows;
  });
});

afterAll(() => asRole("superuser", (client) => client.query(`DELETE FROM "Organization" WHERE "slug" LIKE $1`, [`grid-${word}-%`])));

type Filters = Parameters<ReturnType<typeof createStaffCaller>["organizations"]["list"]>[0];

/** All pages of the list, one after the other. */
async function walk(filters: Filters) {
  const caller = createStaffCaller(contextOf(await makeStaff("viewer")));
  const [rows, counts]: [Awaited<ReturnType<typeof caller.organizations.list>>["rows"], number[]] = [[], []];
  let after: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof caller.organizations.list>> = await caller.organizations.list({
      ...filters,
      ...(after && { after }),
    });
    expect(page.rows.length).toBeLessThanOrEqual(100);
    rows.push(...page.rows);
    counts.push(page.count);
    after = page.next;
  } while (after);
  return { ids: rows.map(({ id }) => id), rows, counts };
}

const ofThese = (wanted: (row: Made) => boolean) => made.filter(wanted).map(({ id }) => id);

describe("every row once, in order, through all pages", () => {
  test.each(["newest", "oldest", "name"] as const)("by %s", async (sort) => {
    const { ids, rows, counts } = await walk({ q: word, sort });
    const byName = made.toSorted((a, b) => (a.name === b.name ? (a.id < b.id ? -1 : 1) : a.name < b.name ? -1 : 1)).map(({ id }) => id);
    const oldest = made.map(({ id }) => id);
    expect(ids).toEqual({ newest: oldest.toReversed(), oldest, name: byName }[sort]);
    expect(counts).toEqual([130, 130, 130]);
    expect(new Set(rows.map(({ name }) => name)).size).toBe(66);
  });

  test("all organizations of the database, without a filter", async () => {
    const { ids, counts } = await walk({});
    const all = await asRole(
      "superuser",
      async (client) => (await client.query(`SELECT "id" FROM "Organization" ORDER BY "id" DESC`)).rows,
    );
    expect(ids).toEqual(all.map(({ id }) => id));
    expect(new Set(counts)).toEqual(new Set([all.length]));
  });
});

describe("filters find what they say, alone and together", () => {
  test.each(statuses)("status %s", async (status) => {
    const { ids, rows } = await walk({ q: word, status, sort: "oldest" });
    expect(ids).toEqual(ofThese((row) => row.status === status));
    expect(new Set(rows.map((row) => row.status))).toEqual(new Set([status]));
  });

  test.each(plans)("plan %s", async (plan) => {
    const { ids, rows } = await walk({ q: word, plan, sort: "oldest" });
    expect(ids).toEqual(ofThese((row) => row.plan === plan));
    expect(new Set(rows.map((row) => row.planName))).toEqual(new Set([plan]));
  });

  test.each([...states, "open"] as const)("state %s", async (state) => {
    const { ids, rows } = await walk({ q: word, state, sort: "oldest" });
    // Whose deletion is only planned is still open.
    expect(ids).toEqual(ofThese((row) => row.state === state || (state === "open" && row.state === "deletion")));
    const closed = state === "open" || state === "deletion" ? null : state;
    expect(new Set(rows.map((row) => row.closed))).toEqual(new Set([closed]));
    if (state !== "open") expect(rows.every(({ deletionDueAt }) => (deletionDueAt !== null) === (state === "deletion"))).toBe(true);
  });

  test.each(["newest", "oldest", "name"] as const)("two and three of them, by %s", async (sort) => {
    for (const status of statuses)
      for (const plan of plans)
        for (const state of [undefined, "suspended", "open"] as const) {
          const { ids, counts } = await walk({ q: word, status, plan, sort, ...(state && { state }) });
          const wanted = ofThese(
            (row) =>
              row.status === status &&
              row.plan === plan &&
              (!state || row.state === state || (state === "open" && row.state === "deletion")),
          );
          expect(ids.toSorted(), `${status} ${plan} ${state}`).toEqual(wanted.toSorted());
          expect(counts).toEqual([wanted.length]);
        }
  });

  test("a part of the name or the slug, in any case; a fragment that would need every row to be read is refused in words", async () => {
    expect((await walk({ q: `GRID ${word} 001` })).ids.toSorted()).toEqual(ofThese(({ name }) => name.endsWith(" 001")).toSorted());
    expect((await walk({ q: `grid-${word}-130` })).ids).toEqual(ofThese(({ slug }) => slug === `grid-${word}-130`));
    for (const q of ["ab", "%%%", "- -"]) {
      expect(organizationFilters.safeParse({ q }).error?.issues).toMatchObject([{ path: ["q"], message: tooShortToFind }]);
      await expect(walk({ q })).rejects.toMatchObject({ code: "BAD_REQUEST" });
    }
    expect((await walk({ q: "", status: "canceled" })).ids).toEqual(expect.arrayContaining(ofThese(({ status }) => status === "canceled")));
  });
});

test("ten thousand are counted, of more it is said that there are; so says the record", async () => {
  const actor = await makeStaff("viewer");
  const caller = createStaffCaller(contextOf(actor));
  const many = `many${word}`;
  const counted = async () => {
    const { count, rows } = await caller.organizations.list({ q: many });
    return [rows.length, count, describeCount(count)];
  };
  const namedInOrder = async () => {
    const { rows, count, next } = await caller.organizations.list({ state: "open", sort: "name", q: many });
    const second = await caller.organizations.list({ state: "open", sort: "name", q: many, after: next ?? "" });
    const ids = [...rows, ...second.rows].map(({ id }) => id);
    return { count, inOrder: ids.length === 100 && ids.every((id, index) => index === 0 || id > (ids[index - 1] ?? "")) };
  };
  await withManyRows({ table: "Organization", count: 10_001, word: many }, async (removeOne) => {
    expect(await counted()).toEqual([50, 10_001, "more than 10,000"]);
    await removeOne();
    expect(await counted()).toEqual([50, 10_000, "10,000"]);
  });
  // All have the same name, so that their ids decide; both where they are walked and where they are found first.
  await withManyRows({ table: "Organization", count: 10_001, word: many }, async (removeOne) => {
    expect(await namedInOrder()).toEqual({ count: 10_001, inOrder: true });
    await removeOne();
    expect(await namedInOrder()).toEqual({ count: 10_000, inOrder: true });
  });
  const [more, enough] = [true, false].map((more) => ({ query: many, hits: 10_000, more, where: "organizations" }));
  expect((await findEvents({ actorId: actor.id })).map(({ metadata }) => metadata)).toEqual([more, enough, more, enough]);
});
