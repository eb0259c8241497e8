import { describe, expect, test } from "vitest";
import { allOperations, getOperation } from "#router/registry.ts";
import { writer } from "#server/db.ts";
import { runOperation } from "#server/run-operation.ts";
import { asRole, checksums } from "#testing/database.ts";
import { arrange, contextOf, findEvents, impersonating, makeStaff, unique } from "#testing/fixtures.ts";
import { envelopeOf, phraseOf, prepare, runAsPeopleDo, type scenarios } from "#testing/scenarios.ts";

const start = getOperation("impersonation.start");
const find = (id: string) => writer().impersonation.findUniqueOrThrow({ where: { id } });

async function started() {
  const prepared = await prepare("impersonation.start");
  const { eventId, output } = await runAsPeopleDo(prepared);
  return { ...prepared, eventId, id: (output as { impersonationId: string }).impersonationId };
}

describe("starting", () => {
  test("writes the event first, and the session refers to it", async () => {
    const { id, eventId, actor } = await started();
    const [event] = await findEvents({ id: eventId });
    const session = await find(id);
    expect(session).toMatchObject({
      startEventId: eventId,
      mode: "readOnly",
      reason: "A test of it",
      ticket: "T-42",
      staffMemberId: actor.id,
      endedAt: null,
    });
    expect(event?.at.getTime()).toBeLessThanOrEqual(Date.now());
    expect(event).toMatchObject({ operation: "impersonation.start", actorId: actor.id });
  });

  test("lasts 30 minutes by the database's clock, which the application can neither choose nor renew", async () => {
    const { id } = await started();
    const { rows } = await asRole("app", (client) =>
      client.query(`SELECT "expiresAt" - "startedAt" = interval '30 minutes' AS exact FROM "Impersonation" WHERE "id" = $1`, [id]),
    );
    expect(rows[0].exact).toBe(true);
    const renewed = asRole("app", (client) =>
      client.query(`UPDATE "Impersonation" SET "expiresAt" = now() + interval '8 hours' WHERE "id" = $1`, [id]),
    );
    await expect(renewed).rejects.toMatchObject({ code: "42501" });
    const longer = asRole("owner", (client) =>
      client.query(`UPDATE "Impersonation" SET "expiresAt" = now() + interval '8 hours' WHERE "id" = $1`, [id]),
    );
    await expect(longer).rejects.toMatchObject({ code: "23514" });
  });

  test("needs a ticket", async () => {
    const prepared = await prepare("impersonation.start");
    const { ability, ...context } = contextOf(prepared.actor);
    const envelope = { ...envelopeOf(prepared), ticket: undefined };
    await expect(
      runOperation({ operation: start, context: { ...context, actor: prepared.actor }, ability, envelope }),
    ).rejects.toMatchObject({ code: "INVALID_INPUT", details: { fields: { ticket: expect.any(String) } } });
  });

  test.each([
    ["as the customer's", (email: string) => email],
    ["with capitals, as an identity provider may", (email: string) => `Sam.${email.toUpperCase()}`],
  ])("refuses staff as a target whose address is spelled %s", async (_, spell) => {
    const prepared = await prepare("impersonation.start");
    const colleague = await makeStaff("viewer");
    const email = spell(colleague.email);
    const membershipId = await arrange(async (db) => {
      await db.staffMember.update({ where: { id: colleague.id }, data: { email }, select: { id: true } });
      const user = await db.user.create({ data: { name: "Staff at home", email: email.toLowerCase() }, select: { id: true } });
      return (
        await db.membership.create({ data: { organizationId: prepared.world.id, userId: user.id, role: "member" }, select: { id: true } })
      ).id;
    });
    await expect(runAsPeopleDo({ ...prepared, targetId: membershipId })).rejects.toMatchObject({ code: "FORBIDDEN" });
  });

  test("refuses a second one beside the first, also at the same moment", async () => {
    const first = await prepare("impersonation.start");
    const second = { ...(await prepare("impersonation.start")), actor: first.actor };
    const results = await Promise.allSettled([runAsPeopleDo(first), runAsPeopleDo(second)]);
    expect(results.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    await expect(runAsPeopleDo({ ...(await prepare("impersonation.start")), actor: first.actor })).rejects.toMatchObject({
      code: "CONFLICT",
    });
  });
});

test("two browsers of one person do not start two at the same moment", async () => {
  const first = await prepare("impersonation.start");
  if (first.actor.type !== "staff") throw new Error("staff expected");
  const { id: staffMemberId } = first.actor;
  const session = await arrange((db) =>
    db.staffSession.create({ data: { staffMemberId, groupRoles: ["support"], authenticatedAt: new Date() }, select: { id: true } }),
  );
  const second = { ...(await prepare("impersonation.start")), actor: { ...first.actor, sessionId: session.id } };
  const results = await Promise.allSettled([runAsPeopleDo(first), runAsPeopleDo(second)]);
  expect(results.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
});

describe("inside one", () => {
  test("every operation but ending it and stepping down is refused, changes nothing and is recorded under both identities", async () => {
    const { id, actor, world } = await started();
    const owner = world.people.owner.actor;
    const given = impersonating({ id, world, person: owner });
    const { ability, ...context } = contextOf(actor, given);
    for (const operation of allOperations.filter(({ whileImpersonating }) => whileImpersonating !== "always")) {
      const prepared = await prepare(operation.name as keyof typeof scenarios);
      const envelope = { ...envelopeOf({ ...prepared, actor }), confirmation: await phraseOf(prepared) };
      const before = await withoutEvents();
      await expect(runOperation({ operation, context: { ...context, actor }, ability, envelope }), operation.name).rejects.toMatchObject({
        code: "IMPERSONATION_REFUSED",
      });
      expect(await withoutEvents(), operation.name).toEqual(before);
      const [denied] = await findEvents({ operation: operation.name, impersonationId: id });
      expect(denied).toMatchObject({
        outcome: "denied",
        actorType: "staff",
        actorId: actor.id,
        onBehalfOfId: owner.id,
        onBehalfOfLabel: owner.label,
      });
    }
  }, 300_000);

  test("ending it works, under both identities, and only once", async () => {
    const { id, actor, world } = await started();
    const given = impersonating({ id, world, person: world.people.member.actor });
    const { ability, ...context } = contextOf(actor, given);
    const request = {
      operation: getOperation("impersonation.end"),
      context: { ...context, actor },
      ability,
      envelope: { targetId: id, input: {}, reason: "Seen enough" },
    };
    const { eventId } = await runOperation(request);
    expect((await find(id)).endedAt).toBeInstanceOf(Date);
    expect(await findEvents({ id: eventId })).toMatchObject([
      { actorId: actor.id, onBehalfOfId: world.people.member.id, impersonationId: id },
    ]);
    await expect(runOperation(request)).rejects.toMatchObject({ code: "CONFLICT" });
  });
});

test("another support person ends it from the staff area; a viewer does not", async () => {
  const prepared = await prepare("impersonation.end");
  await expect(runAsPeopleDo({ ...prepared, actor: await makeStaff("viewer") })).rejects.toMatchObject({ code: "FORBIDDEN" });
  await expect(runAsPeopleDo({ ...prepared, actor: await makeStaff("support") })).resolves.toBeDefined();
});

test("a suspended organization is not viewed", async () => {
  const prepared = await prepare("impersonation.start");
  await arrange((db) =>
    db.suspension.create({ data: { organizationId: prepared.world.id, reason: unique(), ticket: "T" }, select: { id: true } }),
  );
  await expect(runAsPeopleDo(prepared)).rejects.toMatchObject({ code: "CONFLICT" });
});

async function withoutEvents() {
  const { AuditEvent: _events, ...rest } = await checksums();
  return rest;
}
