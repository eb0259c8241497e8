import { type AnyTRPCRouter, callTRPCProcedure } from "@trpc/server";
import { beforeAll, expect, test } from "vitest";
import { procedureContext } from "#router/procedure-context.ts";
import { productRouter } from "#router/product-router.ts";
import type { Context } from "#server/actor.ts";
import { touchUserSession } from "#server/auth/touch.ts";
import { listProcedures } from "#server/check-router.ts";
import { audited, bookkeeping, reader, transaction, writer } from "#server/db.ts";
import { flushViews, noteView } from "#server/impersonation-views.ts";
import { confined } from "#server/request-scope.ts";
import { toAppError } from "#server/to-app-error.ts";
import { router, seatProcedure } from "#server/trpc.ts";
import { asRole, checksums } from "#testing/database.ts";
import { emptyContext, impersonating, makeOrganization, makeStaff } from "#testing/fixtures.ts";
import { beginImpersonation } from "#testing/scenarios/impersonations.ts";
import type { World } from "#testing/scenarios/scenario.ts";

/** What a read-only impersonation may add to: refusals, its own log, and that its staff member is here. */
const bookkeepingTables = ["AuditEvent", "ImpersonationView", "StaffSession"];

let world: World;
let context: Context;
beforeAll(async () => {
  world = await makeOrganization();
  const [starter, { owner }] = [await makeStaff("support"), world.people];
  const { id } = await beginImpersonation({ starter, world, userId: owner.id });
  context = { ...emptyContext(), actor: starter, ...impersonating({ id, world, person: owner.actor }) };
});

test("no procedure of the product changes a row of the customer's, whatever it is called with", async () => {
  const before = await checksums();
  const procedures = listProcedures(productRouter).filter(({ path }) => !isAboutItself(path));
  expect(procedures.length).toBeGreaterThan(20);
  for (const { path, type } of procedures) {
    for (const input of type === "mutation" ? inputs().slice(-4) : inputs()) {
      const answer = await call(productRouter, { path, type, input });
      if (type === "mutation") expect(["IMPERSONATION_REFUSED", "BAD_REQUEST"], path).toContain(answer);
      else expect(answer, path).not.toBe("INTERNAL");
    }
  }
  await flushViews();
  expect(withoutBookkeeping(await checksums())).toEqual(withoutBookkeeping(before));
}, 120_000);

test.each<[string, () => Promise<unknown>]>([
  ["raw SQL by the reader", () => reader().$executeRaw`INSERT INTO "Ping" ("monitorId") VALUES (${world.monitor.id})`],
  ["raw SQL by the writer", () => writer().$executeRaw`INSERT INTO "Ping" ("monitorId") VALUES (${world.monitor.id})`],
  ["telemetry", () => writer().$executeRaw`UPDATE "User" SET "lastSeenAt" = now() WHERE "id" = ${world.people.owner.id}`],
  ["a model", () => writer().ping.create({ data: { monitorId: world.monitor.id } })],
  ["a transaction", () => transaction((db) => db.ping.create({ data: { monitorId: world.monitor.id } }))],
  [
    "a transaction that says it is not read-only",
    () =>
      transaction(async (db) => {
        await db.$executeRaw`SET TRANSACTION READ WRITE`;
        await db.ping.create({ data: { monitorId: world.monitor.id } });
      }),
  ],
  ["a lock", () => transaction((db) => db.$queryRaw`SELECT 1 FROM "Monitor" FOR UPDATE`)],
  [
    "an audited change",
    () =>
      audited(
        { context: { ...context, actor: world.people.owner.actor }, operation: "test.change", outcome: "succeeded", summary: "Test" },
        (db) => db.monitor.update({ where: { id: world.monitor.id }, data: { name: "Changed" } }),
      ),
  ],
])("%s that a procedure tries all the same is refused by PostgreSQL, in words and with 403", async (_, attempt) => {
  const before = await checksums();
  const naughty = router({ read: seatProcedure.query(() => attempt().then(() => "done")) });
  expect(await call(naughty, { path: "read", type: "query", input: undefined })).toBe("IMPERSONATION_REFUSED");
  expect(withoutBookkeeping(await checksums())).toEqual(withoutBookkeeping(before));
});

test("the same procedure, called by the customer, writes", async () => {
  const own = { ...emptyContext(), actor: world.people.owner.actor };
  const pings = () => reader().ping.count({ where: { monitorId: world.monitor.id } });
  const before = await pings();
  const willing = router({
    read: seatProcedure.query(() =>
      writer()
        .ping.create({ data: { monitorId: world.monitor.id } })
        .then(() => "done"),
    ),
  });
  expect(await call(willing, { path: "read", type: "query", input: undefined }, own)).toBe("done");
  expect(await pings()).toBe(before + 1);
});

test("outside an impersonation the same database error is our own fault, and told as such", async () => {
  const thrown = await reader()
    .ping.create({ data: { monitorId: world.monitor.id } })
    .catch((error: unknown) => error);
  expect(toAppError(thrown)).toMatchObject({ code: "INTERNAL" });
  expect(confined(context, () => toAppError(thrown))).toMatchObject({ code: "IMPERSONATION_REFUSED", status: 403 });
});

test("inside it every statement runs as the reader, in a read-only transaction; bookkeeping does not", async () => {
  const ask = `SELECT current_user AS "role", current_setting('transaction_read_only') AS "readOnly"`;
  const reads = { role: expect.stringMatching(/reader/), readOnly: "on" };
  const [one, many] = await confined(context, () =>
    Promise.all([writer().$queryRawUnsafe(ask), transaction((db) => db.$queryRawUnsafe(ask))]),
  );
  expect([one, many]).toEqual([[reads], [reads]]);
  expect(await confined(context, () => bookkeeping("event").$queryRawUnsafe(ask))).toMatchObject([{ role: expect.stringMatching(/app/) }]);
});

test("a mode that may write is not confined, and nothing inside widens what is", async () => {
  const writing = { impersonation: context.impersonation && { ...context.impersonation, mode: "write" as const } };
  const roleOf = () => writer().$queryRaw<{ role: string }[]>`SELECT current_user AS "role"`;
  expect(await confined(writing, roleOf)).toMatchObject([{ role: expect.stringMatching(/app/) }]);
  expect(await confined(context, () => confined(writing, roleOf))).toMatchObject([{ role: expect.stringMatching(/reader/) }]);
});

test("a visit leaves no trace on the person: not when they were last seen, and no ping", async () => {
  const traces = () =>
    asRole("superuser", (client) =>
      client.query(
        `SELECT u."lastSeenAt" AS "user", s."lastSeenAt" AS "session", m."lastPingAt" FROM "User" u
         JOIN "Session" s ON s."userId" = u."id", "Monitor" m WHERE u."id" = $1 AND m."id" = $2`,
        [world.people.owner.id, world.monitor.id],
      ),
    ).then(({ rows }) => rows);
  await asRole("superuser", (client) => client.query(`UPDATE "Session" SET "lastSeenAt" = now() - interval '1 hour'`));
  const before = await traces();
  for (const path of ["account.get", "organizations.mine"]) await call(productRouter, { path, type: "query", input: undefined });
  touchUserSession(world.people.owner.sessionId, context);
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(await traces()).toEqual(before);
});

test("what is opened is logged in order, within a second and before a write is answered", async () => {
  const seen = () =>
    asRole("superuser", (client) =>
      client.query(`SELECT "kind", "name" FROM "ImpersonationView" WHERE "impersonationId" = $1 ORDER BY "id" DESC LIMIT 3`, [
        context.impersonation?.id,
      ]),
    ).then(({ rows }) => rows.reverse());
  noteView(context, { kind: "page", name: `/o/${world.slug}/monitors` });
  await call(productRouter, { path: "monitors.list", type: "query", input: { slug: world.slug } });
  const expected = [
    { kind: "page", name: `/o/${world.slug}/monitors` },
    { kind: "procedure", name: "monitors.list" },
  ];
  await expect.poll(seen, { timeout: 2_000 }).toMatchObject([{}, ...expected]);
  await call(productRouter, {
    path: "operations.organization.rename.run",
    type: "mutation",
    input: { targetId: world.id, input: { name: "No" } },
  });
  expect((await seen()).at(-1)).toEqual({ kind: "procedure", name: "operations.organization.rename.run" });
});

test("a log that cannot be written now is kept, and an impersonation that is gone does not keep the others' lines", async () => {
  noteView({ impersonation: context.impersonation && { ...context.impersonation, id: "imp_gone" } }, { kind: "page", name: "/gone" });
  noteView(context, { kind: "page", name: "/kept" });
  await flushViews();
  const { rows } = await asRole("superuser", (client) =>
    client.query(`SELECT "name" FROM "ImpersonationView" WHERE "name" IN ('/gone', '/kept')`),
  );
  expect(rows).toEqual([{ name: "/kept" }]);
});

function isAboutItself(path: string): boolean {
  return /^operations\.impersonation\.(end|stepDown)\./.test(path);
}

/** Its own organization, somebody else's address, nothing at all, and what fits no schema. */
function inputs(): unknown[] {
  const { slug, id, monitor, people } = world;
  return [
    { slug },
    { slug, id: monitor.id },
    { slug, id: people.member.membershipId },
    undefined,
    { targetId: id, input: { name: "Changed" } },
    { targetId: monitor.id, input: {}, confirmation: monitor.name },
    { targetId: people.owner.id, input: {}, confirmation: people.owner.email },
    { nonsense: true },
  ];
}

function withoutBookkeeping(sums: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(sums).filter(([table]) => !bookkeepingTables.includes(table)));
}

type Call = { path: string; type: "query" | "mutation" | "subscription"; input: unknown };

async function call(target: AnyTRPCRouter, { path, type, input }: Call, given = context): Promise<unknown> {
  try {
    return await callTRPCProcedure({
      router: target,
      path,
      ctx: procedureContext(given),
      getRawInput: async () => input,
      input,
      type,
      signal: undefined,
      batchIndex: 0,
    } as never);
  } catch (error) {
    const { code, cause } = error as { code?: string; cause?: { code?: string } };
    return typeof cause?.code === "string" ? cause.code : code;
  }
}
