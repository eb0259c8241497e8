import { beforeEach, describe, expect, test } from "vitest";
import { getOperation } from "#router/registry.ts";
import type { StaffActor } from "#server/actor.ts";
import { reader } from "#server/db.ts";
import { findImpersonation } from "#server/impersonation-session.ts";
import { runOperation } from "#server/run-operation.ts";
import { asRole } from "#testing/database.ts";
import { contextOf, findEvents, makeOrganization, makeStaff } from "#testing/fixtures.ts";
import { runFromSeat } from "#testing/run-from-seat.ts";
import { beginImpersonation } from "#testing/scenarios/impersonations.ts";
import type { OperationName, World } from "#testing/scenarios/scenario.ts";
import { runAsPeopleDo } from "#testing/scenarios.ts";

let starter: StaffActor;
let world: World;
let id: string;
const find = () => reader().impersonation.findUniqueOrThrow({ where: { id } });

beforeEach(async () => {
  [starter, world] = [await makeStaff("support"), await makeOrganization()];
  ({ id } = await beginImpersonation({ starter, world, userId: world.people.owner.id }));
});

describe("stepping up", () => {
  const stepUp = (actor: StaffActor) =>
    runAsPeopleDo({ operation: getOperation("impersonation.stepUp"), actor, targetId: id, input: {}, world });

  test("needs a reason of its own, is an event of its own, marks for review and gives no more time", async () => {
    const before = await find();
    const { eventId } = await stepUp(starter);
    const after = await find();
    expect(after).toMatchObject({ mode: "write", writeReason: "A test of it", needsReview: true, reason: before.reason });
    expect(after.steppedUpAt).toBeInstanceOf(Date);
    expect([after.startedAt, after.expiresAt]).toEqual([before.startedAt, before.expiresAt]);
    expect(await findEvents({ id: eventId })).toMatchObject([
      { operation: "impersonation.stepUp", reason: "A test of it", actorId: starter.id },
    ]);
    expect((await findImpersonation(id))?.impersonation).toMatchObject({ mode: "write", reason: "A test of it" });
    await expect(stepUp(starter)).rejects.toMatchObject({ code: "CONFLICT" });
  });

  test("is only for who began it, in that session", async () => {
    await expect(stepUp(await makeStaff("admin"))).rejects.toMatchObject({ code: "FORBIDDEN" });
    const elsewhere = await makeStaff("support");
    await expect(stepUp({ ...starter, sessionId: elsewhere.sessionId })).rejects.toMatchObject({ code: "FORBIDDEN" });
    expect(await find()).toMatchObject({ mode: "readOnly", writeReason: null });
  });

  test.each([
    ["ended", `UPDATE "Impersonation" SET "endedAt" = now() WHERE "id" = $1`, "CONFLICT"],
    ["expired", `UPDATE "Impersonation" SET "startedAt" = now() - interval '30 minutes', "expiresAt" = now() WHERE "id" = $1`, "CONFLICT"],
    [
      "not freshly signed in for",
      `UPDATE "StaffSession" s SET "authenticatedAt" = now() - interval '6 minutes' FROM "Impersonation" i WHERE i."id" = $1 AND s."id" = i."staffSessionId"`,
      "FRESH_SIGN_IN_REQUIRED",
    ],
  ])("is refused where it is %s", async (_, sql, code) => {
    await asRole("superuser", (client) => client.query(sql, [id]));
    await expect(stepUp(starter)).rejects.toMatchObject({ code });
    expect((await find()).mode).toBe("readOnly");
  });

  test("beside an end at the same moment leaves it ended", async () => {
    const end = runOperation({ ...(await asStaff("impersonation.end")), envelope: { targetId: id, input: {}, reason: "Enough" } });
    const [ended] = await Promise.allSettled([end, stepUp(starter)]);
    expect(ended.status).toBe("fulfilled");
    expect(await findImpersonation(id)).toBeNull();
    expect(
      await runFromSeat({ id, starter, world, mode: "write" }, "organization.rename", { targetId: world.id, input: { name: "Renamed" } }),
    ).toBe("IMPERSONATION_REFUSED");
  });
});

describe("the kill switch", () => {
  test.each<[OperationName, "everybody" | "one"]>([
    ["impersonation.endAll", "everybody"],
    ["impersonation.endAllOf", "one"],
  ])("%s counts at the next request", async (name, whose) => {
    const other = await beginImpersonation({ starter: await makeStaff("support"), world, userId: world.people.member.id });
    const targetId = whose === "one" ? starter.id : "system";
    const operation = getOperation(name);
    await expect(runAsPeopleDo({ operation, actor: starter, targetId, input: {}, world })).rejects.toMatchObject({ code: "FORBIDDEN" });
    expect(await findImpersonation(id)).not.toBeNull();
    const { eventId } = await runAsPeopleDo({ operation, actor: await makeStaff("operations"), targetId, input: {}, world });
    expect(await findImpersonation(id)).toBeNull();
    expect((await findImpersonation(other.id)) === null).toBe(whose === "everybody");
    expect(await findEvents({ id: eventId })).toMatchObject([{ operation: name, outcome: "succeeded" }]);
  });
});

async function asStaff(name: OperationName) {
  const { ability, ...context } = contextOf(starter);
  return { operation: getOperation(name), context: { ...context, actor: starter }, ability };
}
