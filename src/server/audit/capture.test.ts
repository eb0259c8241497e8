import { describe, expect, test } from "vitest";
import { declarations } from "#generated/declarations.ts";
import { Prisma } from "#generated/prisma/client.ts";
import { audited, type Transaction, transaction, writer } from "#server/db.ts";
import { asRole, changedRows, snapshot } from "#testing/database.ts";
import { emptyContext, makeOrganization, unique } from "#testing/fixtures.ts";

const auditedTables = Object.entries(declarations).flatMap(([table, { audited: yes }]) => (yes ? [table] : []));
const event = {
  context: { ...emptyContext(), actor: { type: "system" as const, id: "t", label: "t" } },
  operation: "test.capture",
  outcome: "succeeded" as const,
  summary: "Capture",
};

describe("every way to write is captured", () => {
  const ways: Record<string, (db: Transaction, world: Awaited<ReturnType<typeof makeOrganization>>) => Promise<unknown>> = {
    "a nested create": (db) =>
      db.organization.create({
        data: {
          name: "N",
          slug: unique(),
          subscription: { create: { planId: "team", status: "active", seats: 1 } },
          memberships: { create: { role: "owner", user: { create: { name: "N", email: `${unique()}@n.example` } } } },
        },
        select: { id: true },
      }),
    "a nested update": (db, world) =>
      db.organization.update({
        where: { id: world.id },
        data: {
          memberships: { updateMany: { where: { role: "member" }, data: { role: "admin" } } },
          subscription: { update: { seats: 9 } },
        },
        select: { id: true },
      }),
    updateMany: (db, world) => db.membership.updateMany({ where: { organizationId: world.id }, data: { role: "member" } }),
    createMany: (db, world) =>
      db.monitor.createMany({
        data: [1, 2, 3].map((n) => ({ organizationId: world.id, name: `m${n}`, intervalSeconds: 60, graceSeconds: 0 })),
      }),
    upsert: (db, world) =>
      db.suspension.upsert({
        where: { organizationId: world.id },
        create: { organizationId: world.id, reason: "r", ticket: "t" },
        update: {},
        select: { id: true },
      }),
    "raw SQL": (db, world) => db.$executeRaw`UPDATE "Subscription" SET "seats" = 42 WHERE "organizationId" = ${world.id}`,
    "raw SQL that reads": (db, world) =>
      db.$queryRaw`UPDATE "Monitor" SET "name" = 'raw' WHERE "organizationId" = ${world.id} RETURNING "id"`,
    "a cascade": (db, world) => db.organization.delete({ where: { id: world.id }, select: { id: true } }),
  };

  test.each(Object.entries(ways))("%s", async (_way, write) => {
    const world = await makeOrganization();
    const before = await snapshot(auditedTables);
    const eventId = await audited(event, async (db, id) => {
      await write(db, world);
      return id;
    });
    const changes = await writer().auditChange.findMany({ where: { eventId }, select: { tableName: true, rowId: true } });
    const captured = [...new Set(changes.map(({ tableName, rowId }) => `${tableName} ${rowId}`))].sort();
    expect(captured.length).toBeGreaterThan(0);
    expect(captured).toEqual(changedRows(before, await snapshot(auditedTables)));
  });
});

describe("without an event", () => {
  test("the extension refuses, and says what to do", async () => {
    const world = await makeOrganization();
    await expect(writer().organization.update({ where: { id: world.id }, data: { name: "x" }, select: { id: true } })).rejects.toThrow(
      /outside an audit scope/,
    );
    await expect(transaction((db) => db.membership.deleteMany({ where: { organizationId: world.id } }))).rejects.toThrow(
      /outside an audit scope/,
    );
  });

  test("the database refuses raw SQL too", async () => {
    const { monitor } = await makeOrganization();
    await expect(writer().$executeRaw`UPDATE "Plan" SET "seats" = "seats" + 1`).rejects.toThrow(/without an audit event/);
    const remove = asRole("app", (client) => client.query(`DELETE FROM "Monitor" WHERE "id" = $1`, [monitor.id]));
    await expect(remove).rejects.toMatchObject({ code: "CS001" });
  });

  test("telemetry may change, and only telemetry", async () => {
    const world = await makeOrganization();
    await writer().$executeRaw`UPDATE "Monitor" SET "lastPingAt" = now() WHERE "id" = ${world.monitor.id}`;
    await expect(
      writer().$executeRaw`UPDATE "Monitor" SET "lastPingAt" = now(), "name" = 'x' WHERE "id" = ${world.monitor.id}`,
    ).rejects.toThrow(/without an audit event/);
  });
});

test("a write from a psql session is recorded as unattributed, with who and what", async () => {
  const world = await makeOrganization();
  await asRole("owner", async (client) => {
    await client.query("BEGIN");
    await client.query(`UPDATE "Organization" SET "name" = 'By hand' WHERE "id" = $1`, [world.id]);
    await client.query(`DELETE FROM "Monitor" WHERE "id" = $1`, [world.monitor.id]);
    await client.query("COMMIT");
  });
  const changes = await writer().auditChange.findMany({
    where: { rowId: { in: [world.id, world.monitor.id] }, before: { not: Prisma.DbNull } },
    orderBy: { at: "asc" },
  });
  const events = await writer().auditEvent.findMany({ where: { id: { in: changes.map(({ eventId }) => eventId) } } });
  expect(events).toHaveLength(1);
  expect(events[0]).toMatchObject({ actorType: "database", actorId: "countersign_owner", operation: "database.write" });
  expect(changes.map(({ tableName, after }) => [tableName, after])).toEqual([
    ["Organization", { name: "By hand" }],
    ["Monitor", null],
  ]);
});

test("secrets and personal data are redacted as declared", async () => {
  const email = `canary.${unique()}@redact.example`;
  const eventId = await audited(event, async (db, id) => {
    const user = await db.user.create({ data: { name: "R", email, passwordHash: "canary-hash" }, select: { id: true } });
    await db.user.update({ where: { id: user.id }, data: { passwordHash: "canary-other" }, select: { id: true } });
    return id;
  });
  const changes = await writer().auditChange.findMany({ where: { eventId }, orderBy: [{ at: "asc" }] });
  expect(JSON.stringify(changes)).not.toMatch(/canary/);
  expect(changes[0]?.after).toMatchObject({ email: "c•••@redact.example", passwordHash: "[secret]" });
  expect(changes.at(-1)).toMatchObject({ before: { passwordHash: "[secret]" }, after: { passwordHash: "[secret]" } });
});

test("every model is declared, and its triggers are what it declares", async () => {
  const triggers = await asRole("superuser", async (client) => {
    const { rows } = await client.query<{ table: string; arguments: string; enabled: string }>(
      `SELECT c.relname AS "table", encode(t.tgargs, 'escape') AS "arguments", t.tgenabled AS "enabled" FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid WHERE t.tgname = 'audit_capture'`,
    );
    return new Map(rows.map((row) => [row.table, row]));
  });
  for (const [model, declared] of Object.entries(declarations)) {
    const trigger = triggers.get(model);
    expect(Boolean(trigger), model).toBe(declared.audited);
    if (!trigger || !declared.audited) continue;
    const { secret, personal, telemetry } = declared;
    expect(trigger.arguments.split("\\000").slice(0, 3), model).toEqual(
      [secret, personal, telemetry].map((fields) => `{${fields.join(",")}}`),
    );
    expect(trigger.enabled, `${model} is enabled always`).toBe("A");
  }
  const exempt = Object.values(declarations).filter((declared) => !declared.audited);
  for (const declared of exempt) expect("exempt" in declared && declared.exempt.length).toBeGreaterThan(10);
});

test("what the database computes from a row's other columns is no change, and is not captured", async () => {
  const columns = await asRole("superuser", async (client) => {
    const { rows } = await client.query<{ table: string; computed: string; told: string }>(
      `SELECT c.relname AS "table", array_agg(a.attname::text ORDER BY a.attname)::text AS "computed", split_part(encode(t.tgargs, 'escape'), '\\000', 4) AS "told"
       FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_attribute a ON a.attrelid = c.oid AND a.attgenerated <> ''
       WHERE t.tgname = 'audit_capture' GROUP BY c.oid, t.oid, 1 ORDER BY 1`,
    );
    return rows;
  });
  expect(columns.map(({ table }) => table)).toEqual(["Organization", "User"]);
  for (const { table, computed, told } of columns) expect(told, table).toBe(computed);
});

test("a trigger that fires for some columns only leaves out telemetry and nothing else", async () => {
  const narrowed = await asRole("superuser", async (client) => {
    const { rows } = await client.query<{ table: string; left: string[] }>(
      `SELECT c.relname AS "table", array_agg(a.attname::text ORDER BY a.attname) AS "left" FROM pg_trigger t
       JOIN pg_class c ON c.oid = t.tgrelid
       JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attnum <> ALL (t.tgattr::int2[])
       WHERE t.tgname = 'audit_capture' AND cardinality(t.tgattr::int2[]) > 0 GROUP BY 1`,
    );
    return rows;
  });
  expect(narrowed.map(({ table }) => table)).toContain("Monitor");
  for (const { table, left } of narrowed) {
    const declared = declarations[table as keyof typeof declarations];
    expect(left, table).toEqual([...("telemetry" in declared ? declared.telemetry : [])].sort());
  }
});

test("audit tables have no foreign keys in or out, and all their triggers fire always", async () => {
  await asRole("superuser", async (client) => {
    const { rows: keys } = await client.query(
      `SELECT conname FROM pg_constraint WHERE contype = 'f' AND ('"AuditEvent"'::regclass IN (conrelid, confrelid) OR '"AuditChange"'::regclass IN (conrelid, confrelid))`,
    );
    expect(keys).toEqual([]);
    const { rows: partitions } = await client.query<{ name: string; triggers: string }>(
      `SELECT c.relname AS name, string_agg(t.tgname || t.tgenabled::text, ',' ORDER BY t.tgname) AS triggers FROM pg_class c LEFT JOIN pg_trigger t ON t.tgrelid = c.oid WHERE c.relname ~ '^Audit(Event|Change)(_|$)' AND c.relkind IN ('r', 'p') GROUP BY 1`,
    );
    expect(partitions.length).toBeGreaterThanOrEqual(12);
    for (const { name, triggers } of partitions) expect(triggers, name).toBe("audit_refuseA,audit_refuse_truncateA");
  });
});
