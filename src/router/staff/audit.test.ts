import { beforeAll, describe, expect, test } from "vitest";
import { createStaffCaller } from "#router/staff-router.ts";
import { auditFilters, searchEveryEvent } from "#server/audit/search.ts";
import { disconnect, reader } from "#server/db.ts";
import { asRole } from "#testing/database.ts";
import { contextOf, findEvents, makeStaff, unique } from "#testing/fixtures.ts";

const word = unique();
const month = (offset: number, day = 1) => new Date(Date.UTC(new Date().getUTCFullYear(), new Date().getUTCMonth() + offset, day));
const dayOf = (time: Date) => time.toISOString().slice(0, 10);

/** An event as all of these are, but for one field each. */
const base = {
  at: new Date(month(-1, 15).getTime() + 43_200_000),
  actorType: "system",
  actorId: `actor-${word}`,
  actorLabel: "Test",
  onBehalfOfId: `person-${word}`,
  organizationId: `organization-${word}`,
  operation: `test.${word}`,
  targetId: `target-${word}`,
  outcome: "succeeded",
  summary: `An event about apples ${word}`,
  reason: "They asked for it",
  ticket: `T-${word}`,
  impersonationId: `impersonation-${word}`,
};
type Fields = typeof base;

const others = {
  actor: { actorId: `other-actor-${word}` },
  onBehalfOf: { onBehalfOfId: `other-person-${word}` },
  organization: { organizationId: `other-organization-${word}` },
  operation: { operation: `test.other.${word}` },
  target: { targetId: `other-target-${word}` },
  outcome: { outcome: "denied" },
  ticket: { ticket: `T-other-${word}` },
  impersonation: { impersonationId: `other-impersonation-${word}` },
} satisfies Record<string, Partial<Fields>>;
type Filter = keyof typeof others;
const filterNames = Object.keys(others) as Filter[];

const ids = {} as Record<Filter | "base", string>;

beforeAll(async () => {
  // The database makes this month's table and the next ones itself.
  await asRole("superuser", async (client) => {
    for (const offset of [-1, -2]) await client.query(`SELECT try_create_audit_partition('AuditEvent', $1)`, [dayOf(month(offset))]);
  });
  ids.base = await put({});
  for (const name of filterNames) ids[name] = await put(others[name]);
});

async function put(fields: Partial<Fields>): Promise<string> {
  const values = Object.entries({ ...base, ...fields });
  const sql = `INSERT INTO "AuditEvent" (${values.map(([name]) => `"${name}"`)}) VALUES (${values.map((_, index) => `$${index + 1}`)}) RETURNING "id"`;
  return asRole(
    "superuser",
    async (client) =>
      (
        await client.query(
          sql,
          values.map(([, value]) => value),
        )
      ).rows[0].id,
  );
}

async function find(filters: Parameters<ReturnType<typeof createStaffCaller>["audit"]["list"]>[0]): Promise<string[]> {
  return (await (await viewer()).audit.list(filters)).rows.map(({ id }) => id);
}

async function viewer() {
  return createStaffCaller(contextOf(await makeStaff("viewer")));
}

/** What the filter asks for, to find the event that differs in it, or all but that one. */
function asked(name: Filter, which: "base" | "other"): string {
  const [field] = Object.keys(others[name]) as [keyof Fields];
  return String((which === "base" ? base : { ...base, ...others[name] })[field]);
}

describe("of events that differ in one field each", () => {
  test.each(filterNames)("the filter for %s finds the one, or all but the one", async (name) => {
    // An outcome alone is not only theirs.
    const scope = name === "outcome" ? { organization: base.organizationId } : {};
    expect(await find({ ...scope, [name]: asked(name, "other") })).toEqual([ids[name]]);
    const rest = [ids.base, ...filterNames.filter((other) => other !== name).map((other) => ids[other])];
    const found = await find({ ...scope, [name]: asked(name, "base") });
    expect(found.toSorted()).toEqual((name === "outcome" ? rest.filter((id) => id !== ids.organization) : rest).toSorted());
  });

  test.each(filterNames.flatMap((one, index) => filterNames.slice(index + 1).map((two) => [one, two] as const)))(
    "two filters find what both do: %s and %s",
    async (one, two) => {
      const [likeBase, likeOther] = [
        (name: Filter) => ({ [name]: asked(name, "base") }),
        (name: Filter) => ({ [name]: asked(name, "other") }),
      ];
      expect(await find({ ...likeOther(one), ...likeBase(two) })).toEqual([ids[one]]);
      expect(await find({ ...likeBase(one), ...likeOther(two) })).toEqual([ids[two]]);
      expect(await find({ ...likeOther(one), ...likeOther(two) })).toEqual([]);
    },
  );

  test("what nobody has finds nothing, in any filter", async () => {
    for (const name of filterNames.filter((other) => other !== "outcome"))
      expect(await find({ [name]: `nothing-${word}` }), name).toEqual([]);
  });
});

/** The reader's role is set to tell times in this zone, while the work lasts. */
async function withZone(zone: string, work: () => Promise<void>): Promise<void> {
  const set = (to: string) =>
    asRole("superuser", async (client) => {
      const { rows } = await client.query("SELECT current_database() AS name");
      await client.query(`ALTER ROLE countersign_reader IN DATABASE "${rows[0].name}" ${to}`);
    });
  await disconnect();
  await set(`SET TimeZone = '${zone}'`);
  try {
    await work();
  } finally {
    await set("RESET TimeZone");
    await disconnect();
  }
}

describe("days are UTC days, both included", () => {
  const day = dayOf(month(-1, 20));
  const next = dayOf(month(-1, 21));
  const ticket = `D-${word}`;
  const edges = ["00:00:00.000", "23:59:59.999"];
  let [first, last, after, before] = ["", "", "", ""];

  beforeAll(async () => {
    [first, last] = [
      await put({ ticket, at: new Date(`${day}T${edges[0]}Z`) }),
      await put({ ticket, at: new Date(`${day}T${edges[1]}Z`) }),
    ];
    after = await put({ ticket, at: new Date(`${next}T${edges[0]}Z`) });
    before = await put({ ticket, at: new Date(Date.parse(`${day}T00:00:00.000Z`) - 1) });
  });

  test("from and to", async () => {
    expect(await find({ ticket, from: day, to: day })).toEqual([last, first]);
    expect(await find({ ticket, from: day })).toEqual([after, last, first]);
    expect(await find({ ticket, to: day })).toEqual([last, first, before]);
    expect(await find({ ticket, from: next })).toEqual([after]);
    expect(await find({ ticket, from: next, to: day })).toEqual([]);
  });

  test.each(["Pacific/Kiritimati", "America/Los_Angeles"])("also where the database's clock shows %s", async (zone) => {
    await withZone(zone, async () => {
      const [{ shown } = { shown: "" }] = await reader().$queryRaw<{ shown: string }[]>`SELECT current_setting('TimeZone') AS "shown"`;
      expect(shown).toBe("UTC");
      expect(await find({ ticket, from: day, to: day })).toEqual([last, first]);
      expect(await find({ ticket, from: next })).toEqual([after]);
      expect(await find({ ticket, q: word })).toEqual([after, last, first, before]);
    });
  });

  test.each(["2026-02-30", "21.11.2026", "1999-12-31", "2026-1-1", ""])("%j is no day", (from) => {
    expect(auditFilters.safeParse({ from }).success).toBe(false);
  });
});

describe("free text", () => {
  test("finds whole words of the summary and the reason, in any order and case, in the tables of two months", async () => {
    const fruit = `quince${word}`;
    const [old, recent] = [month(-2, 10), month(-1, 10)];
    const inReason = await put({ at: old, reason: `Because of ${fruit}, they said` });
    const inSummary = await put({ at: recent, summary: `Send one ${fruit}` });
    const tables = await asRole("superuser", async (client) => {
      const { rows } = await client.query(`SELECT tableoid::regclass::text AS name FROM "AuditEvent" WHERE "id" = ANY($1)`, [
        [inReason, inSummary],
      ]);
      return new Set(rows.map(({ name }) => name));
    });
    expect(tables.size).toBe(2);
    expect(await find({ q: fruit })).toEqual([inSummary, inReason]);
    expect(await find({ q: `${fruit.toUpperCase()} SEND` })).toEqual([inSummary]);
    expect(await find({ q: `said ${fruit}` })).toEqual([inReason]);
    expect(await find({ q: fruit.slice(0, -1) })).toEqual([]);
    expect(await find({ q: fruit, to: dayOf(old) })).toEqual([inReason]);
    expect(await find({ q: fruit, from: dayOf(recent) })).toEqual([inSummary]);
    expect(await find({ q: fruit, ticket: `T-other-${word}` })).toEqual([]);
    expect(await find({ q: "…!" })).toEqual([]);
  });
});

describe("“Older” goes on where the page ended", () => {
  const operation = `test.paging.${word}`;
  const total = 240;
  const inOrder: string[] = [];

  beforeAll(async () => {
    // Seven at a time have the same moment, and the month changes in the middle of a page.
    await asRole("superuser", async (client) => {
      const { rows } = await client.query(
        `INSERT INTO "AuditEvent" ("at", "actorType", "actorId", "actorLabel", "operation", "outcome", "summary")
         SELECT $1::timestamptz + (n / 7 - $3 / 14) * interval '1 minute', 'system', 'test', 'Test', $2, 'succeeded', 'Walk ' || $2
         FROM generate_series(1, $3) AS n RETURNING "id", "at"`,
        [month(-1), operation, total],
      );
      rows.sort((a, b) => b.at - a.at || (a.id < b.id ? 1 : -1));
      inOrder.push(...rows.map(({ id }) => id));
    });
  });

  test.each([{}, { q: operation }, { outcome: "succeeded" as const }])("with %j, every event once, from the newest", async (more) => {
    const caller = await viewer();
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof caller.audit.list>> = await caller.audit.list({ operation, ...more, ...(after && { after }) });
      expect(page.rows.length).toBeLessThanOrEqual(100);
      seen.push(...page.rows.map(({ id }) => id));
      after = page.next;
      // What happens meanwhile is newer than the page, and moves nothing.
      if (after && seen.length < 60) inOrderLater.push(await put({ operation: `${operation}.later`, at: new Date() }));
    } while (after);
    expect(seen).toEqual(inOrder);
  });
  const inOrderLater: string[] = [];

  test("the export walks the same way", async () => {
    const seen: string[] = [];
    for await (const events of searchEveryEvent({ operation }, 1_000)) seen.push(...events.map(({ id }) => id));
    expect(seen).toEqual(inOrder);
  });

  test("a search is recorded once, on its first page, with how much that shows and that there is more", async () => {
    const actor = await makeStaff("viewer");
    const caller = createStaffCaller(contextOf(actor));
    const { next } = await caller.audit.list({ operation, q: operation });
    await caller.audit.list({ operation, q: operation, after: next ?? "" });
    await caller.audit.list({ operation });
    await caller.audit.list({ q: `nothing ${word}` });
    expect((await findEvents({ actorId: actor.id })).map(({ metadata }) => metadata)).toEqual([
      { query: operation, hits: 50, more: true, where: "the audit" },
      { query: `nothing ${word}`, hits: 0, more: false, where: "the audit" },
    ]);
  });
});
