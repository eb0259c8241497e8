import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { tooShortToFind } from "#lib/fragment.ts";
import { createStaffCaller } from "#router/staff-router.ts";
import { describeCount } from "#server/keyset.ts";
import { asRole } from "#testing/database.ts";
import { contextOf, findEvents, makeStaff, unique } from "#testing/fixtures.ts";
import { withManyRows } from "#testing/many-rows.ts";
import { userFilters } from "./users.ts";

const word = unique();
type Made = { id: string; name: string; email: string; locked: boolean };
let made: Made[];

beforeAll(async () => {
  made = await asRole("superuser", async (client) => {
    // Addresses whose order is not that of the ids; names that repeat. Some are locked out, some were.
    const { rows } = await client.query<Made>(
      `WITH made AS (
         INSERT INTO "User" ("name", "email")
         SELECT format('Grid %s %s', $1::text, n / 5), format('%s.%s@customer.example', lpad((n * 7919 % 1000)::text, 3, '0'), $1::text)
         FROM generate_series(1, 130) AS n RETURNING *)
       SELECT "id", "name", "email", false AS locked FROM made ORDER BY "id"`,
      [word],
    );
    for (const [index, row] of rows.entries()) {
      row.locked = index % 2 === 0;
      const until = row.locked ? "1 hour" : "-1 hour";
      if (index % 3 > 0 || row.locked)
        await client.query(`INSERT INTO "Lockout" ("userId", "until") VALUES ($1, now() + $2::interval)`, [row.id, until]);
    }
    return rows;
  });
});

afterAll(() => asRole("superuser", (client) => client.query(`DELETE FROM "User" WHERE "email" LIKE $1`, [`%.${word}@customer.example`])));

type Caller = ReturnType<typeof createStaffCaller>;
type Filters = Parameters<Caller["users"]["list"]>[0];
type Page = Awaited<ReturnType<Caller["users"]["list"]>>;

/** All pages of the list, one after the other. */
async function walk(filters: Filters, role: "viewer" | "billing" = "viewer") {
  const caller = createStaffCaller(contextOf(await makeStaff(role)));
  const [rows, counts]: [Page["rows"], number[]] = [[], []];
  let after: string | null = null;
  do {
    const page: Page = await caller.users.list({ ...filters, ...(after && { after }) });
    expect(page.rows.length).toBeLessThanOrEqual(100);
    rows.push(...page.rows);
    counts.push(page.count);
    after = page.next;
  } while (after);
  return { ids: rows.map(({ id }) => id), rows, counts };
}

function inOrder(sort: "newest" | "oldest" | "email", rows = made): string[] {
  const byEmail = rows.toSorted((a, b) => (a.email < b.email ? -1 : 1));
  return { newest: rows.toReversed(), oldest: rows, email: byEmail }[sort].map(({ id }) => id);
}

describe.each(["newest", "oldest", "email"] as const)("by %s", (sort) => {
  test("every row is met once, in order, through all pages", async () => {
    const { ids, counts } = await walk({ q: word, sort });
    expect(ids).toEqual(inOrder(sort));
    expect(counts).toEqual([130, 130, 130]);
  });

  test("so are those who are locked out now, and nobody who was", async () => {
    const { ids, rows, counts } = await walk({ q: word, locked: "yes", sort });
    expect(ids).toEqual(
      inOrder(
        sort,
        made.filter(({ locked }) => locked),
      ),
    );
    expect(counts).toEqual([65, 65]);
    expect(rows.every(({ lockedUntil }) => lockedUntil !== null && lockedUntil > new Date())).toBe(true);
    const all = (await walk({ locked: "yes", sort })).ids;
    expect(all.filter((id) => ids.includes(id))).toEqual(ids);
  });

  test("without a filter, everybody in the database", async () => {
    const { ids } = await walk({ sort });
    const order = { newest: '"id" DESC', oldest: '"id"', email: '"email"' }[sort];
    const all = await asRole("superuser", async (client) => (await client.query(`SELECT "id" FROM "User" ORDER BY ${order}`)).rows);
    expect(ids).toEqual(all.map(({ id }) => id));
  });
});

test("who is locked out is said so, whoever was is not", async () => {
  const { rows } = await walk({ q: word, sort: "oldest" });
  expect(rows.map(({ lockedUntil }) => lockedUntil !== null)).toEqual(made.map(({ locked }) => locked));
});

test("a part of a name or an address finds its people, for those too who see addresses in part", async () => {
  const [first] = made;
  const part = `${first?.email.slice(0, 3)}.${word.toUpperCase()}@CUSTOMER`;
  for (const [role, email] of [
    ["viewer", `${first?.email.slice(0, 1)}•••@customer.example`],
    ["billing", first?.email],
  ] as const)
    expect((await walk({ q: part }, role)).rows).toMatchObject([{ id: first?.id, email }]);
  expect((await walk({ q: `grid ${word} 26` })).ids).toEqual(
    inOrder(
      "newest",
      made.filter(({ name }) => name.endsWith(" 26")),
    ),
  );
  expect((await walk({ q: `nobody ${word}` })).ids).toEqual([]);
});

test("a fragment that would need every row to be read is refused in words, and not recorded", async () => {
  const actor = await makeStaff("viewer");
  const caller = createStaffCaller(contextOf(actor));
  for (const q of ["ab", "@", "%%%", "._-"]) {
    expect(userFilters.safeParse({ q }).error?.issues).toMatchObject([{ path: ["q"], message: tooShortToFind }]);
    await expect(caller.users.list({ q })).rejects.toMatchObject({ code: "BAD_REQUEST" });
  }
  expect(await findEvents({ actorId: actor.id })).toEqual([]);
});

test("ten thousand are counted, of more it is said that there are; so says the record", async () => {
  const actor = await makeStaff("viewer");
  const caller = createStaffCaller(contextOf(actor));
  const many = `many${word}`;
  const counted = async () => {
    const { count, rows } = await caller.users.list({ q: many });
    return [rows.length, count, describeCount(count)];
  };
  await withManyRows({ table: "User", count: 10_001, word: many }, async (removeOne) => {
    expect(await counted()).toEqual([50, 10_001, "more than 10,000"]);
    await removeOne();
    expect(await counted()).toEqual([50, 10_000, "10,000"]);
  });
  expect((await findEvents({ actorId: actor.id })).map(({ metadata }) => metadata)).toEqual([
    { query: many, hits: 10_000, more: true, where: "users" },
    { query: many, hits: 10_000, more: false, where: "users" },
  ]);
});
