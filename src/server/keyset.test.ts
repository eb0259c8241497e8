import { expect, test } from "vitest";
import { Prisma } from "#generated/prisma/client.ts";
import { asRole } from "#testing/database.ts";
import { reader } from "./db.ts";
import { allOf, cappedCount, countedHits, cutPage, describeCount, keyset, likeFragment, toPage } from "./keyset.ts";

const rowsOf = (count: number) => Prisma.sql`generate_series(1, ${count}::int) AS n`;

async function count(sql: Prisma.Sql): Promise<number | undefined> {
  return (await reader().$queryRaw<{ count: number }[]>(sql))[0]?.count;
}

test.each([
  [0, 0, "0"],
  [1_234, 1_234, "1,234"],
  [9_999, 9_999, "9,999"],
  [10_000, 10_000, "10,000"],
  [10_001, 10_001, "more than 10,000"],
  [250_000, 10_001, "more than 10,000"],
])("of %i rows, %i are counted, which is said as %s", async (rows, counted, words) => {
  expect(await count(cappedCount(rowsOf(rows)))).toBe(counted);
  expect(describeCount(counted)).toBe(words);
});

test("the audit is told no more than was counted", () => {
  expect([0, 10_000, 10_001].map(countedHits)).toEqual([
    { hits: 0, more: false },
    { hits: 10_000, more: false },
    { hits: 10_000, more: true },
  ]);
});

test("of a whole table that is known to be large nothing is counted; near the limit it is", async () => {
  const estimate = (rows: number) =>
    asRole("superuser", (client) => client.query(`UPDATE pg_class SET reltuples = $1 WHERE oid = '"Invoice"'::regclass`, [rows]));
  try {
    await estimate(1_000_000);
    expect(await count(cappedCount(rowsOf(3), "Invoice"))).toBe(10_001);
    await estimate(20_000);
    expect(await count(cappedCount(rowsOf(3), "Invoice"))).toBe(3);
  } finally {
    await asRole("superuser", (client) => client.query('ANALYZE "Invoice"'));
  }
});

/** n → a value that several have. */
const table = Prisma.sql`(SELECT lpad((n / 7)::text, 4, '0') AS "value", lpad(n::text, 6, '0') AS "id" FROM generate_series(1, 333) AS n) AS rows`;
type Row = { id: string; value: string };

test.each(["asc", "desc"] as const)(
  "a walk through all pages, %s, meets every row once, in order, also among equal values",
  async (direction) => {
    const sort = { column: Prisma.sql`rows."value"`, id: Prisma.sql`rows."id"`, direction };
    const seen: string[] = [];
    let after: string | undefined;
    do {
      const page = keyset(sort, after);
      const { rows, next } = toPage(
        await reader().$queryRaw<Row[]>`SELECT * FROM ${table} WHERE ${allOf([null, page.where])} ${page.order}`,
        ({ value }) => value,
      );
      expect(rows.length).toBeLessThanOrEqual(50);
      seen.push(...rows.map(({ id }) => id));
      after = next ?? undefined;
    } while (after);
    const all = Array.from({ length: 333 }, (_, index) => String(index + 1).padStart(6, "0"));
    expect(seen).toEqual(direction === "asc" ? all : all.reverse());
  },
);

test("the last page has nothing after it, though it be full", () => {
  expect(cutPage([1, 2], Number, 2)).toEqual({ rows: [1, 2], next: null });
  expect(cutPage([1, 2, 3], Number, 2)).toEqual({ rows: [1, 2], next: 2 });
  expect(cutPage([], Number, 2)).toEqual({ rows: [], next: null });
});

const encoded = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");

test.each(["nonsense", encoded({}), encoded(["a"]), encoded([1, "a"]), encoded(["a\0", "b"]), ""])(
  "%j is refused as a page, in words",
  (cursor) => {
    const sort = { column: Prisma.sql`"at"`, id: Prisma.sql`"id"`, direction: "desc" } as const;
    if (cursor === "") expect(keyset(sort, cursor).where).toEqual(Prisma.sql`TRUE`);
    else expect(() => keyset(sort, cursor)).toThrow("This page address is not valid");
    expect(() => keyset({ ...sort, cast: "timestamptz" }, encoded(["yesterday", "id"]))).toThrow("This page address is not valid");
  },
);

test("a fragment is a pattern in which its own characters stand for themselves", () => {
  expect(likeFragment("50%_A\\")).toBe("%50\\%\\_a\\\\%");
});
