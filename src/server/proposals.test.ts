import { describe, expect, test } from "vitest";
import type { Proposal } from "#generated/prisma/client.ts";
import { writer } from "#server/db.ts";
import { propose, runProposal } from "#server/proposals.ts";
import { runOperation } from "#server/run-operation.ts";
import { asRole } from "#testing/database.ts";
import { arrange, findEvents, makeStaff } from "#testing/fixtures.ts";
import { phraseOf, prepare, requestOf } from "#testing/scenarios.ts";

async function proposed(name: Parameters<typeof prepare>[0] = "subscription.extendTrial") {
  const prepared = await prepare(name);
  const request = requestOf(prepared);
  const { proposalId, preview } = await propose(request);
  return { prepared, request, preview, proposal: await find(proposalId), confirmation: await phraseOf(prepared) };
}

function find(id: string): Promise<Proposal> {
  return writer().proposal.findUniqueOrThrow({ where: { id } });
}

const trialEnd = async (organizationId: string) =>
  (await writer().subscription.findUniqueOrThrow({ where: { organizationId } })).trialEndsAt;

describe("a preview", () => {
  test("shows the exact field that changes, from and to", async () => {
    const { preview, prepared } = await proposed();
    expect(preview.summary).toBe(`Extend the trial of ${prepared.world.name} by 7 days`);
    expect(preview.changes).toMatchObject([
      {
        tableName: "Subscription",
        before: { trialEndsAt: "2099-01-01T23:59:59+00:00" },
        after: { trialEndsAt: "2099-01-08T23:59:59+00:00" },
      },
    ]);
  });

  test("and a run keep no secret that somebody pasted into the reason or the ticket", async () => {
    const request = requestOf(await prepare("organization.rename"));
    const [secret, key] = ["whsec_0123456789abcdef", `cs_live_01234567${"ab".repeat(20)}`];
    const { proposalId } = await propose({ ...request, envelope: { ...request.envelope, reason: `They sent ${secret}`, ticket: key } });
    const kept = { reason: "They sent whsec_[secret]", ticket: "cs_live_01234567" };
    expect(await find(proposalId)).toMatchObject(kept);
    const { eventId } = await runProposal({ ...request, proposal: await find(proposalId), confirmation: "" });
    expect(await findEvents({ id: eventId })).toMatchObject([kept]);
  });

  test("leaves no event", async () => {
    const { prepared } = await proposed();
    expect(await findEvents({ targetId: prepared.targetId, operation: "subscription.extendTrial" })).toEqual([]);
  });
});

describe("a target that changed after the preview", () => {
  test("stops the run; nothing happens and a fresh proposal shows what would", async () => {
    const { prepared, request, proposal, confirmation } = await proposed();
    await arrange((db) =>
      db.subscription.update({
        where: { organizationId: prepared.world.id },
        data: { trialEndsAt: new Date("2099-02-01T23:59:59Z") },
        select: { id: true },
      }),
    );
    const error = await runProposal({ ...request, proposal, confirmation }).catch((thrown) => thrown);
    expect(error).toMatchObject({ code: "STALE_PREVIEW", details: { proposalId: expect.stringMatching(/^pro_/) } });
    expect(await trialEnd(prepared.world.id)).toEqual(new Date("2099-02-01T23:59:59Z"));
    const fresh = await find(error.details.proposalId);
    expect(fresh.changes).toMatchObject([
      { before: { trialEndsAt: "2099-02-01T23:59:59+00:00" }, after: { trialEndsAt: "2099-02-08T23:59:59+00:00" } },
    ]);
    expect(await find(proposal.id)).toMatchObject({ state: "superseded", supersededById: fresh.id });
    await runProposal({ ...request, proposal: fresh, confirmation });
    expect(await trialEnd(prepared.world.id)).toEqual(new Date("2099-02-08T23:59:59Z"));
  });

  test("counts even where the change is not one that the operation would touch", async () => {
    const { prepared, request, proposal, confirmation } = await proposed();
    await arrange((db) =>
      db.organization.update({ where: { id: prepared.world.id }, data: { name: "Renamed meanwhile" }, select: { id: true } }),
    );
    await expect(runProposal({ ...request, proposal, confirmation })).rejects.toMatchObject({ code: "STALE_PREVIEW" });
  });
});

describe("a proposal", () => {
  test("runs once, also when confirmed sixteen times at the same moment", async () => {
    const { prepared, request, proposal, confirmation } = await proposed();
    const results = await Promise.allSettled(Array.from({ length: 16 }, () => runProposal({ ...request, proposal, confirmation })));
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(await trialEnd(prepared.world.id)).toEqual(new Date("2099-01-08T23:59:59Z"));
    expect(await findEvents({ targetId: prepared.targetId, operation: "subscription.extendTrial", outcome: "succeeded" })).toHaveLength(1);
    expect(await find(proposal.id)).toMatchObject({ state: "run", eventId: expect.stringMatching(/^evt_/) });
  });

  test("that has run says so, and prepares nothing new", async () => {
    const { request, proposal, confirmation } = await proposed();
    await runProposal({ ...request, proposal, confirmation });
    await expect(runProposal({ ...request, proposal, confirmation })).rejects.toMatchObject({
      code: "CONFLICT",
      userMessage: "This has already run.",
    });
    expect(await find(proposal.id)).toMatchObject({ state: "run", supersededById: null });
  });

  test("is not run by a colleague", async () => {
    const { prepared, proposal, confirmation } = await proposed();
    const colleague = requestOf({ ...prepared, actor: await makeStaff("admin") });
    await expect(runProposal({ ...colleague, proposal, confirmation })).rejects.toMatchObject({ code: "FORBIDDEN" });
  });

  test("is not run by its requester after they lost the role", async () => {
    const { prepared, proposal, confirmation } = await proposed();
    if (prepared.actor.type !== "staff") throw new Error("staff expected");
    const demoted = requestOf({ ...prepared, actor: { ...prepared.actor, roles: ["viewer"] } });
    await expect(runProposal({ ...demoted, proposal, confirmation })).rejects.toMatchObject({ code: "FORBIDDEN" });
  });

  test("expires after a day, by the database's clock", async () => {
    const { request, proposal, confirmation } = await proposed();
    await asRole("owner", (client) =>
      client.query(`UPDATE "Proposal" SET "expiresAt" = now() - interval '1 second' WHERE "id" = $1`, [proposal.id]),
    );
    await expect(runProposal({ ...request, proposal, confirmation })).rejects.toMatchObject({ code: "EXPIRED" });
  });

  test("is not lent to another operation or target", async () => {
    const { proposal, confirmation } = await proposed();
    const other = await prepare("subscription.extendTrial");
    const envelope = { ...requestOf(other).envelope, proposalId: proposal.id, confirmation };
    await expect(runOperation({ ...requestOf(other), envelope })).rejects.toMatchObject({ code: "NOT_FOUND" });
  });
});

describe("confirmation fits the risk", () => {
  test("risky: the phrase, exactly, and from a proposal", async () => {
    const { request, proposal } = await proposed();
    for (const confirmation of [undefined, "", "wrong", `${proposal.targetLabel}x`]) {
      await expect(runProposal({ ...request, proposal, confirmation })).rejects.toMatchObject({ code: "CONFIRMATION_REQUIRED" });
    }
    await expect(runOperation(request)).rejects.toMatchObject({ code: "CONFIRMATION_REQUIRED" });
  });

  test("critical: also a sign-in of the last five minutes, by the database's clock", async () => {
    const { prepared, request, proposal, confirmation } = await proposed("staff.grantRole");
    const { sessionId } = prepared.actor as { sessionId: string };
    await asRole("owner", (client) =>
      client.query(`UPDATE "StaffSession" SET "authenticatedAt" = now() - interval '6 minutes' WHERE "id" = $1`, [sessionId]),
    );
    await expect(runProposal({ ...request, proposal, confirmation })).rejects.toMatchObject({ code: "FRESH_SIGN_IN_REQUIRED" });
    await asRole("owner", (client) => client.query(`UPDATE "StaffSession" SET "authenticatedAt" = now() WHERE "id" = $1`, [sessionId]));
    await expect(runProposal({ ...request, proposal, confirmation })).resolves.toMatchObject({ eventId: expect.any(String) });
  });

  test("routine: nothing more than the request", async () => {
    const prepared = await prepare("organization.rename");
    await expect(runOperation(requestOf(prepared))).resolves.toMatchObject({ eventId: expect.any(String) });
  });
});

describe("rights that were taken away while a request waited", () => {
  test("a session that was ended", async () => {
    const { prepared, request, proposal, confirmation } = await proposed();
    const { sessionId } = prepared.actor as { sessionId: string };
    await asRole("owner", (client) => client.query(`UPDATE "StaffSession" SET "endedAt" = now() WHERE "id" = $1`, [sessionId]));
    await expect(runProposal({ ...request, proposal, confirmation })).rejects.toMatchObject({ code: "UNAUTHENTICATED" });
  });

  test("an owner who was demoted leaves no new owner behind", async () => {
    const prepared = await prepare("membership.changeRole");
    const { owner } = prepared.world.people;
    const request = requestOf({ ...prepared, actor: owner.actor, input: { role: "owner" } });
    await arrange((db) => db.membership.update({ where: { id: owner.membershipId }, data: { role: "member" }, select: { id: true } }));
    const run = runOperation({ ...request, envelope: { ...request.envelope, confirmation: await phraseOf(prepared) } });
    await expect(run).rejects.toMatchObject({ code: "FORBIDDEN" });
  });
});

describe("limits by role", () => {
  test.each([
    ["support", 14],
    ["billing", 30],
    ["admin", 90],
  ] as const)("%s alone extends a trial by %i days; more takes a second person, or is not possible", async (role, most) => {
    const prepared = { ...(await prepare("subscription.extendTrial")), actor: await makeStaff(role) };
    const within = await propose(requestOf({ ...prepared, input: { days: most } }));
    expect(within.preview.approvalReasons).toEqual([]);
    const over = propose(requestOf({ ...prepared, input: { days: most + 1 } }));
    if (most === 90) await expect(over).rejects.toMatchObject({ code: "INVALID_INPUT" });
    else expect((await over).preview.approvalReasons).toEqual([expect.stringContaining(`at most ${most} days`)]);
  });
});

describe("staff always say why", () => {
  test.each([
    ["without a reason", { reason: undefined }, "reason"],
    ["with a blank reason", { reason: "   " }, "reason"],
    ["without the ticket that is required", { ticket: undefined }, "ticket"],
  ])("%s: refused, with the field named", async (_case, change, field) => {
    const request = requestOf(await prepare("organization.suspend"));
    const error = await propose({ ...request, envelope: { ...request.envelope, ...change } as never }).catch((thrown) => thrown);
    expect(error).toMatchObject({ code: "INVALID_INPUT", details: { fields: { [field]: expect.any(String) } } });
  });
});
