import { describe, expect, test } from "vitest";
import type { SupportAccess } from "#generated/prisma/enums.ts";
import { arrange, findEvents } from "#testing/fixtures.ts";
import type { World } from "#testing/scenarios/scenario.ts";
import {
  answerAccessRequest,
  arrangeAccess,
  type Given,
  letConsentExpire,
  proposeToStart,
  runNamed,
  startImpersonation,
} from "#testing/support-access-world.ts";
import { writer } from "./db.ts";
import { findImpersonation } from "./impersonation-session.ts";

const cases: [SupportAccess, string, Given, boolean][] = [
  ["allowed", "nothing", {}, true],
  ["allowed", "a closed ticket", { ticket: "closed" }, true],
  ["openTicket", "no such ticket", {}, false],
  ["openTicket", "an open ticket", { ticket: "open" }, true],
  ["openTicket", "a closed ticket", { ticket: "closed" }, false],
  ["openTicket", "an open ticket of another organization", { ticket: "of another" }, false],
  ["openTicket", "an open ticket of nobody", { ticket: "of nobody" }, false],
  ["openTicket", "consent alone", { request: { state: "allowed" } }, false],
  ["askFirst", "nothing", {}, false],
  ["askFirst", "an open ticket alone", { ticket: "open" }, false],
  ["askFirst", "consent", { request: { state: "allowed" } }, true],
  ["askFirst", "consent that has expired", { request: { state: "allowed", how: "expired" } }, false],
  ["askFirst", "consent for a colleague", { request: { state: "allowed", how: "another colleague" } }, false],
  ["askFirst", "consent for another person's view", { request: { state: "allowed", how: "another person" } }, false],
  ["askFirst", "consent of another organization", { request: { state: "allowed", how: "another organization" } }, false],
  ["askFirst", "a request without an answer", { request: { state: "pending" } }, false],
  ["askFirst", "a refusal", { request: { state: "refused" } }, false],
  ["askFirst", "a request that was withdrawn", { request: { state: "withdrawn" } }, false],
];

test.each(cases)("%s, with %s: may or may not begin, and go on", async (access, _words, given, may) => {
  const arranged = await arrangeAccess(access, given);
  const { staff, world, ticketId } = arranged;
  const begun = startImpersonation(arranged);
  if (may) expect(await findImpersonation(await begun)).not.toBeNull();
  else {
    await expect(begun).rejects.toMatchObject({ code: "FORBIDDEN", userMessage: expect.stringContaining(world.name) });
    expect(await findEvents({ operation: "impersonation.start", actorId: staff.id })).toMatchObject([{ outcome: "denied" }]);
  }
  // One that is open already, whatever let it begin, is looked at by the same rule at every request.
  const open = await arrange((db) =>
    db.impersonation.create({
      data: {
        staffMemberId: staff.id,
        staffSessionId: staff.sessionId,
        userId: world.people.member.id,
        organizationId: world.id,
        reason: "test",
        ticket: ticketId,
        startEventId: "evt_test",
      },
      select: { id: true },
    }),
  );
  expect((await findImpersonation(open.id)) !== null).toBe(may);
});

describe("what is open ends", () => {
  const owner = (world: World) => world.people.owner.actor;

  test("when the owner's choice becomes stricter, in the same run; and not for what still holds", async () => {
    const [first, second] = [await arrangeAccess("allowed", {}), await arrangeAccess("allowed", { ticket: "open" })];
    const [without, withTicket] = [await startImpersonation(first), await startImpersonation(second)];
    for (const { world } of [first, second])
      await runNamed("organization.setSupportAccess", {
        world,
        actor: owner(world),
        targetId: world.id,
        input: { access: "openTicket", mails: true },
      });
    expect(await findImpersonation(without)).toBeNull();
    expect((await writer().impersonation.findUniqueOrThrow({ where: { id: without } })).endedAt).not.toBeNull();
    expect(await findImpersonation(withTicket)).not.toBeNull();
  });

  test("when an owner takes back what was allowed, and when that has run out", async () => {
    const first = await arrangeAccess("askFirst", {});
    const consent = await answerAccessRequest({ ...first, state: "allowed" });
    const id = await startImpersonation(first);
    await runNamed("accessRequest.refuse", { world: first.world, actor: owner(first.world), targetId: consent });
    expect((await writer().impersonation.findUniqueOrThrow({ where: { id } })).endedAt).not.toBeNull();

    const second = await arrangeAccess("askFirst", {});
    const brief = await answerAccessRequest({ ...second, state: "allowed" });
    const other = await startImpersonation(second);
    expect(await findImpersonation(other)).not.toBeNull();
    await letConsentExpire(brief);
    expect(await findImpersonation(other)).toBeNull();
  });
});

test("consent that runs out between the preview and the run is refused, and nothing begins", async () => {
  const arranged = await arrangeAccess("askFirst");
  const consent = await answerAccessRequest({ ...arranged, state: "allowed" });
  const run = await proposeToStart(arranged);
  await letConsentExpire(consent);
  await expect(run()).rejects.toMatchObject({ code: "FORBIDDEN" });
  expect(await writer().impersonation.count({ where: { organizationId: arranged.world.id } })).toBe(0);
});

test("an owner who forbids at the moment somebody begins leaves nothing open", async () => {
  for (let round = 0; round < 6; round += 1) {
    const arranged = await arrangeAccess("allowed", {});
    const { world } = arranged;
    const begin = await proposeToStart(arranged);
    await Promise.allSettled([
      begin(),
      runNamed("organization.setSupportAccess", {
        world,
        actor: world.people.owner.actor,
        targetId: world.id,
        input: { access: "askFirst", mails: true },
      }),
    ]);
    const open = await writer().impersonation.findMany({ where: { organizationId: world.id, endedAt: null } });
    expect(open).toEqual([]);
  }
});
