import { beforeAll, describe, expect, test } from "vitest";
import { audited } from "#server/db.ts";
import { asRole, type DatabaseRole } from "#testing/database.ts";
import { arrange, emptyContext, ensurePlans, unique } from "#testing/fixtures.ts";

const partition = `AuditEvent_${new Date().toISOString().slice(0, 7).replace("-", "_")}`;
const insert = (columns: string, values: string) =>
  `INSERT INTO "AuditEvent" ("actorType", "actorId", "actorLabel", "operation", "outcome", "summary"${columns}) VALUES ('system', 'x', 'x', 'x', 'succeeded', 'x'${values})`;

const attempts: Record<string, string> = {
  "change an event": `UPDATE "AuditEvent" SET "summary" = 'forged'`,
  "change an event in its partition": `UPDATE "${partition}" SET "summary" = 'forged'`,
  "change a change": `UPDATE "AuditChange" SET "after" = NULL`,
  "delete events": `DELETE FROM "AuditEvent"`,
  "delete from a partition": `DELETE FROM "${partition}"`,
  "delete changes": `DELETE FROM "AuditChange"`,
  "truncate events": `TRUNCATE "AuditEvent"`,
  "truncate a partition": `TRUNCATE "${partition}"`,
  "truncate an audited table": `TRUNCATE "Plan" CASCADE`,
  "overwrite on conflict": `${insert("", "")} ON CONFLICT ("id", "at") DO UPDATE SET "summary" = 'forged'`,
  "merge over an event": `MERGE INTO "AuditEvent" e USING (SELECT 1) s ON TRUE WHEN MATCHED THEN UPDATE SET "summary" = 'forged'`,
  "forge an id": insert(`, "id"`, `, 'evt_forged'`),
  "forge a time": insert(`, "at"`, `, '2020-01-01'`),
  "forge a transaction": insert(`, "transactionId"`, `, '1'`),
  "pass as the database": insert("", "").replace("'system'", "'database'"),
  "write a change by hand": `INSERT INTO "AuditChange" ("eventId", "tableName", "rowId") VALUES ('x', 'x', 'x')`,
  "disable a trigger": `ALTER TABLE "AuditEvent" DISABLE TRIGGER ALL`,
  "disable capture": `ALTER TABLE "Organization" DISABLE TRIGGER audit_capture`,
  "drop a trigger": `DROP TRIGGER audit_refuse ON "AuditEvent"`,
  "replace the capture": `CREATE OR REPLACE FUNCTION audit_capture() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'`,
  "shadow a function": `CREATE FUNCTION new_id(text) RETURNS text LANGUAGE sql AS 'SELECT $1'`,
  "create a rule": `CREATE RULE nothing AS ON INSERT TO "AuditEvent" DO INSTEAD NOTHING`,
  "detach a partition": `ALTER TABLE "AuditEvent" DETACH PARTITION "${partition}"`,
  "drop a partition": `DROP TABLE "${partition}"`,
  "create a partition": `CALL create_audit_partition('AuditEvent', '2030-01-01')`,
  "skip triggers as a replica": `SET session_replication_role = replica`,
  "become the owner": `SET ROLE countersign_owner`,
  "take a right": `GRANT UPDATE ON "AuditEvent" TO countersign_app; UPDATE "AuditEvent" SET "summary" = 'forged'`,
  "capture by calling": `SELECT audit_unattributed('x')`,
};

beforeAll(async () => {
  await ensurePlans();
});

describe("the application's role cannot", () => {
  test.each(Object.entries(attempts))("%s", async (_attempt, sql) => {
    const before = await auditText();
    await expect(asRole("app", (client) => client.query(sql))).rejects.toMatchObject({
      code: expect.stringMatching(/^(42501|23514|CS002|42P17)$/),
    });
    expect(await auditText()).toBe(before);
  });

  test("put a change under an event of an earlier transaction", async () => {
    const eventId = await audited(
      {
        context: { ...emptyContext(), actor: { type: "system", id: "t", label: "t" } },
        operation: "test.earlier",
        outcome: "succeeded",
        summary: "Earlier",
      },
      async (_db, id) => id,
    );
    const change = asRole("app", async (client) => {
      await client.query("BEGIN");
      await client.query("SELECT set_config('countersign.event_id', $1, true)", [eventId]);
      await client.query(`UPDATE "Plan" SET "seats" = "seats" + 1`);
    });
    await expect(change).rejects.toMatchObject({ code: "CS001" });
  });
});

describe("triggers stop the others as well", () => {
  test.each(["superuser", "owner"] as DatabaseRole[])("%s cannot change, delete or truncate in passing", async (role) => {
    for (const attempt of ["change an event", "delete from a partition", "delete changes", "truncate events", "truncate a partition"]) {
      await expect(
        asRole(role, (client) => client.query(attempts[attempt] ?? "")),
        attempt,
      ).rejects.toMatchObject({ code: "CS002" });
    }
  });

  test("not even as a replica", async () => {
    const forged = asRole("superuser", async (client) => {
      await client.query("SET session_replication_role = replica");
      await client.query(`UPDATE "AuditEvent" SET "summary" = 'forged'`);
    });
    await expect(forged).rejects.toMatchObject({ code: "CS002" });
  });
});

test("the reader writes nothing and sees no password", async () => {
  await arrange((db) =>
    db.user.create({ data: { name: "x", email: `${unique()}@x.example`, passwordHash: "hash" }, select: { id: true } }),
  );
  await expect(asRole("reader", (client) => client.query(insert("", "")))).rejects.toMatchObject({ code: "25006" });
  const insisting = asRole("reader", async (client) => {
    await client.query("SET default_transaction_read_only = off");
    await client.query(insert("", ""));
  });
  await expect(insisting).rejects.toMatchObject({ code: "42501" });
  await expect(asRole("reader", (client) => client.query(`SELECT "passwordHash" FROM "User"`))).rejects.toMatchObject({ code: "42501" });
});

async function auditText(): Promise<string> {
  return asRole("superuser", async (client) => {
    const { rows } = await client.query(
      `SELECT (SELECT count(*) || ':' || md5(string_agg(e::text, '' ORDER BY "id")) FROM "AuditEvent" e) || (SELECT count(*) || ':' || md5(string_agg(c::text, '' ORDER BY "id")) FROM "AuditChange" c) AS text`,
    );
    return rows[0].text;
  });
}
