import { expect, test } from "vitest";
import { deletionDay } from "#domain/deletion.ts";
import { getOperation } from "#router/registry.ts";
import { type Transaction, writer } from "#server/db.ts";
import type { AppError } from "#server/errors.ts";
import { asRole } from "#testing/database.ts";
import { arrange, findEvents, makeOrganization } from "#testing/fixtures.ts";
import type { World } from "#testing/scenarios/scenario.ts";
import { prepare, runAsPeopleDo } from "#testing/scenarios.ts";
import { deleteOrganizationsTask } from "./delete-organizations.ts";

const select = { id: true } as const;
const worker = { type: "system", id: "worker", label: "Test" } as const;

/** Sets the day of its deletion, as the worker will find it. */
function due(world: World, interval: string): Promise<unknown> {
  const sql = `INSERT INTO "ScheduledDeletion" ("organizationId", "reason", "dueAt") VALUES ($1, 'test', now() + $2::interval)`;
  return asRole("superuser", (client) => client.query(sql, [world.id, interval]));
}

const join = (db: Transaction, organizationId: string, userId: string) =>
  db.membership.create({ data: { organizationId, userId, role: "member" }, select });

const exists = async ({ id }: World) => (await writer().organization.count({ where: { id } })) === 1;
const users = async (world: World) => {
  const ids = Object.values(world.people).map(({ id }) => id);
  const left = await writer().user.findMany({ where: { id: { in: ids } }, select });
  return Object.entries(world.people).flatMap(([role, { id }]) => (left.some((user) => user.id === id) ? [role] : []));
};
const jobsAbout = (organizationId: string) =>
  asRole("superuser", async (client) => {
    const sql = `SELECT data->'payload'->'to'->>'email' AS email, data->'payload'->'data'->>'stage' AS stage,
      data->'payload'->'data'->>'accountDeleted' AS "accountDeleted"
      FROM pgboss.job WHERE name = 'mail' AND data->'origin'->>'organizationId' = $1 ORDER BY 1`;
    return (await client.query(sql, [organizationId])).rows as { email: string; stage: string; accountDeleted: string | null }[];
  });

test("two workers at once delete what is due once, with the accounts of those who belong nowhere else; the audit stays", async () => {
  const world = await makeOrganization();
  const other = await makeOrganization();
  await arrange((db) => join(db, other.id, world.people.admin.id));
  await arrange((db) =>
    db.invitation.create({
      data: { organizationId: other.id, email: world.people.member.email, role: "member", invitedByLabel: "Test" },
      select,
    }),
  );
  await asRole("app", (client) =>
    client.query(`INSERT INTO "Ping" ("monitorId") SELECT $1 FROM generate_series(1, 50)`, [world.monitor.id]),
  );
  await due(world, "-1 day");
  await Promise.all([deleteOrganizationsTask.run(), deleteOrganizationsTask.run()]);
  expect(await exists(world)).toBe(false);
  expect(await users(world)).toEqual(["admin", "member"]);
  expect(await writer().session.count({ where: { userId: world.people.owner.id } })).toBe(0);
  expect(await writer().ping.count({ where: { monitorId: world.monitor.id } })).toBe(0);
  const events = await findEvents({ targetId: world.id });
  expect(events).toMatchObject([{ operation: "organization.delete", outcome: "succeeded", actorType: "system", organizationId: world.id }]);
  const changes = await writer().auditChange.findMany({ where: { eventId: events[0]?.id ?? "" } });
  const tables = new Set(changes.map(({ tableName }) => tableName));
  expect([...tables].sort()).toEqual(["Membership", "Monitor", "Organization", "ScheduledDeletion", "Session", "Subscription", "User"]);
  expect(await jobsAbout(world.id)).toEqual([{ email: world.people.owner.email, stage: "done", accountDeleted: "true" }]);
  await deleteOrganizationsTask.run();
  expect(await findEvents({ targetId: world.id })).toHaveLength(1);
});

test("what is not due stays; its owners are told once more three days before, once", async () => {
  const [far, near] = [await makeOrganization(), await makeOrganization()];
  await due(far, "4 days");
  await due(near, "2 days");
  await Promise.all([deleteOrganizationsTask.run(), deleteOrganizationsTask.run()]);
  await deleteOrganizationsTask.run();
  expect([await exists(far), await exists(near)]).toEqual([true, true]);
  expect(await jobsAbout(far.id)).toEqual([]);
  expect(await jobsAbout(near.id)).toMatchObject([{ email: near.people.owner.email, stage: "reminder" }]);
  expect(await findEvents({ targetId: near.id })).toMatchObject([{ operation: "organization.remindOfDeletion", outcome: "succeeded" }]);
});

test("restore and delete at the moment itself: one of them, and nothing in between", async () => {
  const ends = await Promise.all(
    Array.from({ length: 8 }, async (_, index) => {
      const world = await makeOrganization();
      await due(world, `${100 + index * 15} milliseconds`);
      const until = performance.now() + 1_500;
      const attempt = async (name: "organization.restore" | "organization.delete"): Promise<string> => {
        const actor = name === "organization.restore" ? world.people.owner.actor : worker;
        for (;;) {
          try {
            await runAsPeopleDo({ operation: getOperation(name), actor, targetId: world.id, input: {}, world });
            return "done";
          } catch (error) {
            const { code } = error as AppError;
            if (name === "organization.restore" || code === "NOT_FOUND" || performance.now() > until) return code;
          }
        }
      };
      const wait = new Promise((resolve) => setTimeout(resolve, 90 + index * 15));
      const [deleted, restored] = await Promise.all([attempt("organization.delete"), wait.then(() => attempt("organization.restore"))]);
      const left = { organization: await exists(world), users: (await users(world)).length };
      expect(left, `${restored} ${deleted}`).toEqual(
        restored === "done" ? { organization: true, users: 3 } : { organization: false, users: 0 },
      );
      expect(deleted === "done").toBe(restored !== "done");
      return restored;
    }),
  );
  expect(ends.length).toBe(8);
}, 30_000);

test("two organizations with the same people, deleted at once, leave nobody without one", async () => {
  const [one, two] = [await makeOrganization(), await makeOrganization()];
  await arrange((db) => join(db, two.id, one.people.owner.id));
  await arrange((db) => join(db, one.id, two.people.owner.id));
  await due(one, "-1 day");
  await due(two, "-1 day");
  await Promise.all([deleteOrganizationsTask.run(), deleteOrganizationsTask.run()]);
  await deleteOrganizationsTask.run();
  expect([await exists(one), await exists(two), await users(one), await users(two)]).toEqual([false, false, [], []]);
});

test("somebody who joins another organization while theirs is deleted has an account there, or is told that it is gone", async () => {
  const world = await makeOrganization();
  const other = await makeOrganization();
  await due(world, "-1 day");
  const joined = arrange((db) => join(db, other.id, world.people.member.id)).then(
    () => true,
    () => false,
  );
  await deleteOrganizationsTask.run();
  expect(await users(world)).toEqual((await joined) ? ["member"] : []);
  expect(await exists(world)).toBe(false);
});

test("a subscription that is being paid for refuses, unless somebody says that it ends too", async () => {
  const prepared = await prepare("organization.scheduleDeletion");
  await arrange((db) => db.subscription.update({ where: { organizationId: prepared.targetId }, data: { status: "active" }, select }));
  await expect(runAsPeopleDo(prepared)).rejects.toMatchObject({
    code: "CONFLICT",
    details: { fields: { "input.endSubscription": "Say that the subscription ends too." } },
  });
  await runAsPeopleDo({ ...prepared, input: { days: 14, endSubscription: true } });
  const deletion = await writer().scheduledDeletion.findUniqueOrThrow({ where: { organizationId: prepared.targetId } });
  expect(deletion).toMatchObject({ dueAt: deletionDay({ days: 14 }), remindedAt: null, ticket: "T-42" });
  expect(await jobsAbout(prepared.targetId)).toMatchObject([{ email: prepared.world.people.owner.email, stage: "scheduled" }]);
});

test("a preview says what is lost, in words", async () => {
  const { previewOperation } = await import("#server/run-operation.ts");
  const { requestOf } = await import("#testing/scenarios.ts");
  const prepared = await prepare("organization.requestDeletion");
  const other = await makeOrganization();
  await arrange((db) => join(db, other.id, prepared.world.people.member.id));
  const { consequences, effects } = await previewOperation(requestOf(prepared));
  const { owner, admin } = prepared.world.people;
  const names = [owner.name, admin.name].sort().join(" and ");
  expect(consequences.slice(1)).toEqual([
    `3 people lose access. Of these, 2 belong nowhere else, so the accounts are deleted too: ${names}.`,
    "1 monitor with the whole history, 0 API keys, 0 webhooks and 0 data exports are deleted.",
    "No subscription is being paid for.",
    "There are no invoices.",
    "The audit keeps what happened.",
  ]);
  expect(effects).toEqual([`E-mail “${prepared.world.name} will be deleted” to ${owner.name}`]);
});

test.each([0, 91, 1.5, "soon"])("%j days are refused in words", async (days) => {
  const prepared = await prepare("organization.scheduleDeletion");
  await expect(runAsPeopleDo({ ...prepared, input: { days, endSubscription: false } })).rejects.toMatchObject({
    code: "INVALID_INPUT",
    details: { fields: { "input.days": expect.stringMatching(/^(At least 1 day|At most 90 days|Enter a whole number of days)\.$/) } },
  });
});
