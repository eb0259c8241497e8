import { expect, test } from "vitest";
import { createStaffCaller, staffRouter } from "#router/staff-router.ts";
import { createApiKey } from "#server/auth/api-key.ts";
import { asRole } from "#testing/database.ts";
import { contextOf, findEvents, makeStaff } from "#testing/fixtures.ts";

type Caller = ReturnType<typeof createStaffCaller>;

/** Everything that records what staff typed. */
const searches: Record<string, (caller: Caller, typed: string) => Promise<unknown>> = {
  "search.find": (caller, query) => caller.search.find({ query }),
  "organizations.list": (caller, q) => caller.organizations.list({ q }),
  "users.list": (caller, q) => caller.users.list({ q }),
  "invoices.list": (caller, q) => caller.invoices.list({ q }),
  "audit.list": (caller, q) => caller.audit.list({ q }),
  "audit.beginExport": (caller, q) => caller.audit.beginExport({ format: "csv", q }),
};

test("every read that takes what staff look for has a line here", () => {
  const procedures: Record<string, { _def: { inputs: { shape?: object }[] } }> = staffRouter._def.procedures as never;
  const taking = Object.entries(procedures).filter(([, { _def }]) =>
    _def.inputs.some(({ shape }) => shape && ("q" in shape || "query" in shape)),
  );
  expect(taking.map(([path]) => path).sort()).toEqual(Object.keys(searches).sort());
});

test.each(Object.entries(searches))(
  "of an API key that is pasted into %s the record has the prefix, and nothing else",
  async (_, search) => {
    const { key, prefix } = createApiKey();
    const secret = key.slice(prefix.length + 1);
    const actor = await makeStaff("engineering");
    const caller = createStaffCaller(contextOf(actor));
    await search(caller, key);
    const recorded = JSON.stringify(await findEvents({ actorId: actor.id }));
    expect(recorded).toContain(prefix);
    expect(recorded).not.toContain(secret);
    expect(await eventsWith(secret)).toBe(0);
  },
);

test.each(["search.find", "organizations.list", "users.list", "audit.list", "audit.beginExport"])(
  "nor has it a secret that stands in the middle of what is typed into %s",
  async (name) => {
    const { key, prefix } = createApiKey();
    const actor = await makeStaff("engineering");
    await searches[name]?.(createStaffCaller(contextOf(actor)), `sent ${key} to whsec_${prefix}`);
    expect(JSON.stringify(await findEvents({ actorId: actor.id }))).toContain(`sent ${prefix} to whsec_[secret]`);
    expect(await eventsWith(key.slice(-43))).toBe(0);
  },
);

test("no filter of an export carries one into the record, whatever it is for", async () => {
  const names = ["organization", "actor", "onBehalfOf", "target", "impersonation", "operation", "ticket", "q"] as const;
  const keys = names.map((name) => [name, createApiKey()] as const);
  const actor = await makeStaff("engineering");
  const filters = Object.fromEntries(keys.map(([name, { key }]) => [name, key]));
  const { filters: used } = await createStaffCaller(contextOf(actor)).audit.beginExport({ format: "jsonl", ...filters });
  expect(used).toEqual(filters);
  expect(await findEvents({ actorId: actor.id })).toMatchObject([
    { operation: "audit.export", metadata: { filters: Object.fromEntries(keys.map(([name, { prefix }]) => [name, prefix])) } },
  ]);
  for (const [name, { key }] of keys) expect(await eventsWith(key.slice(-43)), name).toBe(0);
});

/** How many events have this anywhere. */
function eventsWith(text: string): Promise<number> {
  return asRole("superuser", async (client) => {
    const { rows } = await client.query(`SELECT count(*)::int AS found FROM "AuditEvent" e WHERE strpos(e::text, $1) > 0`, [text]);
    return rows[0].found;
  });
}
