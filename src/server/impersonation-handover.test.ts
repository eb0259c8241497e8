import { beforeEach, expect, test } from "vitest";
import { asRole } from "#testing/database.ts";
import { emptyContext, findEvents, makeOrganization, makeStaff } from "#testing/fixtures.ts";
import { beginImpersonation } from "#testing/scenarios/impersonations.ts";
import type { World } from "#testing/scenarios/scenario.ts";
import type { StaffActor } from "./actor.ts";
import { handOver, takeOver } from "./impersonation-handover.ts";

const request = { requestId: "req_test", sourceIp: "192.0.2.9", userAgent: "another browser" };
let starter: StaffActor;
let world: World;
let impersonation: { id: string; label: string; organizationId: string };

beforeEach(async () => {
  [starter, world] = [await makeStaff("support"), await makeOrganization()];
  const { id } = await beginImpersonation({ starter, world, userId: world.people.member.id });
  impersonation = { id, label: "somebody as somebody", organizationId: world.id };
});

const make = (actor = starter) => handOver({ ...emptyContext(), actor }, impersonation);
const entries = () =>
  findEvents({ operation: { in: ["impersonation.handOver", "impersonation.enter"] }, targetId: impersonation.id }).then((events) =>
    events.map(({ operation, outcome, actorId, onBehalfOfId }) => ({ operation, outcome, actorId, onBehalfOfId })),
  );
const age = (seconds: number) =>
  asRole("superuser", (client) =>
    client.query(
      `UPDATE "HandoverCode" SET "createdAt" = now() - make_interval(secs => $2), "expiresAt" = now() + interval '30 seconds' - make_interval(secs => $2)
       WHERE "impersonationId" = $1`,
      [impersonation.id, seconds],
    ),
  );

test("a code opens once, for whoever comes first, and both are events", async () => {
  const code = await make();
  expect(await takeOver(code, request)).toEqual({ impersonationId: impersonation.id, slug: world.slug });
  expect(await takeOver(code, request)).toEqual({ refused: "used" });
  const by = { actorId: starter.id };
  const onBehalfOfId = world.people.member.id;
  expect(await entries()).toEqual([
    { operation: "impersonation.handOver", outcome: "succeeded", ...by, onBehalfOfId: null },
    { operation: "impersonation.enter", outcome: "succeeded", ...by, onBehalfOfId },
    { operation: "impersonation.enter", outcome: "denied", ...by, onBehalfOfId },
  ]);
});

test("of many at the same moment, one gets in", async () => {
  const code = await make();
  const taken = await Promise.all(Array.from({ length: 8 }, () => takeOver(code, request)));
  expect(taken.filter((each) => "impersonationId" in each)).toHaveLength(1);
  expect(taken.filter((each) => "refused" in each && each.refused === "used")).toHaveLength(7);
});

test("after 29 seconds it still opens, after 30 no more", async () => {
  const late = await make();
  await age(30);
  expect(await takeOver(late, request)).toEqual({ refused: "expired" });
  const early = await make();
  await age(29);
  expect(await takeOver(early, request)).toMatchObject({ slug: world.slug });
});

test.each([
  ["ended", `UPDATE "Impersonation" SET "endedAt" = now() WHERE "id" = $1`],
  ["signed out", `UPDATE "StaffSession" s SET "endedAt" = now() FROM "Impersonation" i WHERE i."id" = $1 AND s."id" = i."staffSessionId"`],
])("one of an impersonation that was %s meanwhile opens nothing", async (_, sql) => {
  const code = await make();
  await asRole("superuser", (client) => client.query(sql, [impersonation.id]));
  expect(await takeOver(code, request)).toEqual({ refused: "over" });
  expect((await entries()).at(-1)).toMatchObject({ operation: "impersonation.enter", outcome: "denied" });
});

test("only the session that began it makes one, and only while it is open; whatever is refused is an event", async () => {
  const colleague = await makeStaff("admin");
  const elsewhere = { ...starter, sessionId: (await makeStaff("support")).sessionId };
  await expect(make(colleague)).rejects.toMatchObject({ code: "FORBIDDEN", userMessage: expect.stringContaining(starter.label) });
  await expect(make(elsewhere)).rejects.toMatchObject({ code: "FORBIDDEN" });
  await asRole("superuser", (client) => client.query(`UPDATE "Impersonation" SET "endedAt" = now() WHERE "id" = $1`, [impersonation.id]));
  await expect(make()).rejects.toMatchObject({ code: "CONFLICT" });
  const events = await findEvents({ operation: "impersonation.handOver", targetId: impersonation.id });
  expect(events.map(({ outcome, actorId, organizationId, metadata }) => ({ outcome, actorId, organizationId, metadata }))).toEqual(
    [
      { outcome: "denied", actorId: colleague.id, metadata: expect.objectContaining({ code: "FORBIDDEN" }) },
      { outcome: "denied", actorId: starter.id, metadata: expect.objectContaining({ code: "FORBIDDEN" }) },
      { outcome: "failed", actorId: starter.id, metadata: expect.objectContaining({ code: "CONFLICT" }) },
    ].map((event) => ({ ...event, organizationId: world.id })),
  );
});

test("a code that nobody made opens nothing and leaves no event; the stored hash is not a code", async () => {
  const before = (await findEvents({})).length;
  expect(await takeOver("made-up", request)).toEqual({ refused: "unknown" });
  expect(await findEvents({})).toHaveLength(before);
  await make();
  const { rows } = await asRole("superuser", (client) =>
    client.query(`SELECT "codeHash" FROM "HandoverCode" WHERE "impersonationId" = $1`, [impersonation.id]),
  );
  expect(await takeOver(rows[0].codeHash, request)).toEqual({ refused: "unknown" });
});
