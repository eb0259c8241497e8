import { beforeEach, expect, test, vi } from "vitest";
import { unattributedWrites } from "#domain/mails/unattributed-writes.ts";
import { formatTime } from "#lib/format-time.ts";
import { createStaffCaller } from "#router/staff-router.ts";
import type { StaffActor } from "#server/actor.ts";
import { auditFilters } from "#server/audit/search.ts";
import { reader } from "#server/db.ts";
import { log } from "#server/log.ts";
import { asRole } from "#testing/database.ts";
import { arrange, contextOf, makeOrganization, makeStaff } from "#testing/fixtures.ts";
import { fromOutside } from "#testing/outside-session.ts";
import { queuedJobs } from "#testing/queued-jobs.ts";
import { raiseAlarmsTask } from "./raise-alarms.ts";

const rename = `UPDATE "Organization" SET "name" = 'By hand' WHERE "id" = $1`;
type Data = Parameters<typeof unattributedWrites.write>[0];
let engineer: StaffActor;

beforeEach(async () => {
  await raiseAlarmsTask.run();
  engineer = await makeStaff("engineering");
});

async function mailsTo({ email }: { email: string }): Promise<Data[]> {
  const jobs = await queuedJobs("mail", ({ mail, to }) => mail === "unattributedWrites" && (to as { email: string }).email === email);
  return jobs.map(({ data }) => data.payload.data as Data);
}

/** Of each event, the alarm that told of it. */
async function alarmsOf(eventIds: string[]) {
  const causes = await reader().alarmCause.findMany({
    where: { eventId: { in: eventIds } },
    orderBy: [{ at: "asc" }, { eventId: "asc" }],
    select: { alarm: true },
  });
  return causes.map(({ alarm }) => alarm);
}

const alarms = () => reader().alarm.count();

test("what a psql session changed is told once to engineering and admin, with a record and a line in the log", async () => {
  const [admin, operations, support, gone] = [
    await makeStaff("admin"),
    await makeStaff("operations"),
    await makeStaff("support"),
    await makeStaff("engineering"),
  ];
  await arrange((db) => db.staffRoleGrant.create({ data: { staffMemberId: support.id, role: "engineering" }, select: { id: true } }));
  await signedInLongAgo(gone.id);
  await raiseAlarmsTask.run();
  const told = (await mailsTo(engineer)).length;
  const world = await makeOrganization();
  using logged = vi.spyOn(log, "error");
  const before = await alarms();
  const [first = ""] = await fromOutside("owner", [rename, [world.id]], [`DELETE FROM "Organization" WHERE "id" = $1`, [world.id]]);
  const [last = ""] = await fromOutside("superuser", [`TRUNCATE "Lockout"`]);
  await raiseAlarmsTask.run();
  await raiseAlarmsTask.run();

  expect(await alarms()).toBe(before + 1);
  const [alarm, same] = await alarmsOf([first, last]);
  expect(alarm).toMatchObject({ rule: "unattributedWrite", events: 2, firstEventId: first, lastEventId: last });
  expect(alarm?.actorIds).toEqual(["countersign_owner", "postgres"]);
  expect(same).toEqual(alarm);
  const [data, ...more] = (await mailsTo(engineer)).slice(told);
  expect(more).toEqual([]);
  expect(data).toMatchObject({ events: 2, databaseRoles: ["countersign_owner", "postgres"], moreThan: null, truncated: ["Lockout"] });
  // The rename, and what goes with an organization.
  expect(data?.tables).toEqual([
    { name: "Membership", rows: 3 },
    { name: "Organization", rows: 2 },
    { name: "Monitor", rows: 1 },
    { name: "Subscription", rows: 1 },
  ]);
  expect((await Promise.all([admin, support].map(mailsTo))).map((mails) => mails.at(-1))).toEqual([data, data]);
  expect(await Promise.all([operations, gone].map(mailsTo))).toEqual([[], []]);
  expect(logged.mock.calls).toMatchObject([
    [{ alarmId: alarm?.id, events: 2, firstEventId: first, lastEventId: last }, "data was changed from outside the application"],
  ]);
});

test("the mail says when, by which role, how much and where, and its link leads to the events", async () => {
  const world = await makeOrganization();
  const events = await fromOutside("owner", [rename, [world.id]]);
  await raiseAlarmsTask.run();
  const [data] = await mailsTo(engineer);
  if (!data) throw new Error("There is no mail.");
  const letter = (more: Partial<Data> = {}) => unattributedWrites.write({ ...data, ...more }, { withSecret: (path) => path });
  const filters = auditFilters.parse(Object.fromEntries(new URL(letter().action?.path ?? "", "http://localhost").searchParams));
  expect(filters.operation).toBe("database.write");
  const found = await createStaffCaller(contextOf(engineer)).audit.list(filters);
  expect(found.rows.map(({ id }) => id)).toEqual(expect.arrayContaining(events));

  const time = formatTime(new Date(data.firstAt));
  const [what, ...further] = letter().paragraphs;
  expect(what).toBe(
    `Somebody changed data in the database itself, past the application: 1 transaction, at ${time}, as the database role countersign_owner.`,
  );
  expect(further).toEqual(["Rows that changed: 1 of Organization.", expect.stringContaining("find out who has the password")]);
  const burst = { events: 1_200, firstAt: "2026-11-20T23:00:00.000Z", lastAt: "2026-11-21T01:00:00.000Z", moreThan: 10_000 };
  expect(letter({ ...burst, databaseRoles: ["a", "b"], truncated: ["Lockout", "Plan"] })).toMatchObject({
    paragraphs: [
      "Somebody changed data in the database itself, past the application: 1,200 transactions, from 20 Nov 2026, 23:00 UTC to 21 Nov 2026, 01:00 UTC, as the database roles a and b.",
      "More than 10,000 rows changed, of Organization, and perhaps of other tables.",
      "Emptied at once, with no record of each row: Lockout and Plan.",
      expect.any(String),
    ],
    action: { path: "/admin/audit?operation=database.write&from=2026-11-20&to=2026-11-21" },
  });
});

test("a burst of transactions is one alarm with their number, and the counting of rows comes to an end", async () => {
  const [world, before] = [await makeOrganization(), await alarms()];
  await asRole("owner", (client) =>
    client.query(`DO $$ BEGIN FOR n IN 1..500 LOOP
      UPDATE "Organization" SET "name" = 'Burst ' || n WHERE "id" = '${world.id}'; COMMIT; END LOOP; END $$`),
  );
  const captured = `INSERT INTO "AuditChange" ("eventId", "tableName", "rowId")
    SELECT current_setting('countersign.event_id'), 'Monitor', n FROM generate_series(1, 10000) n`;
  await fromOutside("owner", [rename, [world.id]], [captured]);
  await raiseAlarmsTask.run();
  expect(await alarms()).toBe(before + 1);
  const [data, ...more] = await mailsTo(engineer);
  expect(more).toEqual([]);
  expect(data).toMatchObject({ events: 501, moreThan: 10_000 });
  expect(data?.tables.map(({ name }) => name).sort()).toEqual(["Monitor", "Organization"]);
  expect(data?.tables.reduce((sum, { rows }) => sum + rows, 0)).toBe(10_001);
  expect(new Date(data?.firstAt ?? "") < new Date(data?.lastAt ?? "")).toBe(true);
});

test("what is rolled back raises nothing, as a whole or to a savepoint", async () => {
  const [world, before] = [await makeOrganization(), await alarms()];
  await asRole("owner", async (client) => {
    for (const [begin, end] of [
      ["BEGIN", "ROLLBACK"],
      ["BEGIN; SAVEPOINT s", "ROLLBACK TO s; COMMIT"],
    ] as const) {
      await client.query(begin);
      await client.query(rename, [world.id]);
      await client.query(end);
    }
  });
  await raiseAlarmsTask.run();
  expect([await alarms(), await mailsTo(engineer)]).toEqual([before, []]);
});

test("a transaction that commits after a later one was told is told as well", async () => {
  const [early, late] = [await makeOrganization(), await makeOrganization()];
  const second = await asRole("owner", async (client) => {
    await client.query("BEGIN");
    await client.query(rename, [early.id]);
    const [event = ""] = await fromOutside("owner", [rename, [late.id]]);
    await raiseAlarmsTask.run();
    expect(await mailsTo(engineer)).toMatchObject([{ events: 1 }]);
    await client.query("COMMIT");
    return event;
  });
  await raiseAlarmsTask.run();
  const [first, ...more] = (await mailsTo(engineer)).slice(1);
  expect([first?.events, more]).toEqual([1, []]);
  const [told] = await alarmsOf([second]);
  expect(new Date(first?.lastAt ?? "") < (told?.firstAt ?? 0)).toBe(true);
});

test("while one worker tells, the others neither wait nor tell of it too", async () => {
  const [world, before] = [await makeOrganization(), await alarms()];
  const events = await fromOutside("owner", [rename, [world.id]]);
  await asRole("superuser", async (client) => {
    await client.query("BEGIN");
    await client.query("LOCK TABLE pgboss.job IN EXCLUSIVE MODE");
    const telling = raiseAlarmsTask.run();
    const waits = `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND usename = 'countersign_app' AND wait_event_type = 'Lock'`;
    await expect.poll(async () => (await client.query(waits)).rowCount).toBe(1);
    await Promise.all([raiseAlarmsTask.run(), raiseAlarmsTask.run()]);
    await client.query("COMMIT");
    await telling;
  });
  await raiseAlarmsTask.run();
  expect([await alarms(), (await mailsTo(engineer)).length]).toEqual([before + 1, 1]);
  expect(await alarmsOf(events)).toMatchObject([{ events: 1 }]);
});

test.each([
  ["between the record and the mails", "CREATE TRIGGER die BEFORE INSERT ON pgboss.job"],
  ["at the commit", `CREATE CONSTRAINT TRIGGER die AFTER INSERT ON "Alarm" DEFERRABLE INITIALLY DEFERRED`],
])("a worker that dies %s leaves neither, and the next one tells", async (_when, trigger) => {
  const [world, before] = [await makeOrganization(), await alarms()];
  const events = await fromOutside("owner", [rename, [world.id]]);
  await asRole("superuser", async (client) => {
    await client.query(`CREATE FUNCTION die() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NEW; END $$;
      ${trigger} FOR EACH ROW EXECUTE FUNCTION die()`);
    await expect(raiseAlarmsTask.run()).rejects.toThrow();
    await client.query("DROP FUNCTION die() CASCADE");
  });
  expect([await alarms(), await mailsTo(engineer), await alarmsOf(events)]).toEqual([before, [], [null]]);
  await raiseAlarmsTask.run();
  expect([await alarms(), (await mailsTo(engineer)).length]).toEqual([before + 1, 1]);
});

test("where nobody is there to be told, the record and the line in the log are made", async () => {
  await signedInLongAgo();
  using logged = vi.spyOn(log, "error");
  const before = await alarms();
  await raiseAlarmsTask.run();
  expect([await alarms(), await mailsTo(engineer)]).toEqual([before + 1, []]);
  expect(logged.mock.calls).toMatchObject([[{ events: 1, mails: 0 }, "data was changed from outside the application"]]);
});

test.each([
  ["change an alarm", `UPDATE "Alarm" SET "events" = 0`],
  ["take an alarm back", `DELETE FROM "Alarm"`],
  [
    "choose when it was raised",
    `INSERT INTO "Alarm" ("rule", "events", "firstEventId", "firstAt", "lastEventId", "lastAt", "raisedAt") VALUES ('unattributedWrite', 1, 'e', now(), 'e', now(), now())`,
  ],
  ["forget a cause", `DELETE FROM "AlarmCause"`],
  ["make a cause", `INSERT INTO "AlarmCause" ("eventId", "at", "rule") VALUES ('e', now(), 'unattributedWrite')`],
])("the application's role may not %s", async (_what, sql) => {
  await expect(asRole("app", (client) => client.query(sql))).rejects.toMatchObject({ code: "42501" });
});

/** A session that began a month ago; everybody's where nobody is named. It is a change from outside itself. */
async function signedInLongAgo(staffMemberId?: string): Promise<void> {
  const ago = `SET "createdAt" = "createdAt" - interval '31 days', "expiresAt" = "expiresAt" - interval '31 days'`;
  await fromOutside("owner", [
    `UPDATE "StaffSession" ${ago} WHERE "staffMemberId" = coalesce($1, "staffMemberId")`,
    [staffMemberId ?? null],
  ]);
}
