import { describe, expect, test } from "vitest";
import { getOperation } from "#router/registry.ts";
import { writer } from "#server/db.ts";
import { propose, runProposal } from "#server/proposals.ts";
import { runOperation } from "#server/run-operation.ts";
import { asOwner, decideAs, extended, trialEnd, untouched, waiting } from "#testing/approvals-world.ts";
import { arrange, findEvents, makeOrganization, makeStaff } from "#testing/fixtures.ts";
import { queuedMails } from "#testing/queued-jobs.ts";
import { approveAs, findProposal, requestOf } from "#testing/scenarios.ts";

describe("over a limit", () => {
  test("nothing happens, those who can agree get a mail, and the audit says that it waits", async () => {
    const { world, id, requester, approver } = await waiting();
    expect(await trialEnd(world)).toBe(untouched);
    const proposal = await findProposal(id);
    expect(proposal).toMatchObject({ state: "awaitingApproval", approvalReasons: [expect.stringContaining("at most 14 days")] });
    const [event] = await findEvents({ targetId: world.id, operation: "subscription.extendTrial" });
    expect(event).toMatchObject({ outcome: "pending", actorId: requester.id, metadata: { proposalId: id } });
    const told = (await queuedMails(world.id)).filter(({ mail }) => mail === "approvalRequested").map(({ to }) => to.email);
    expect(told).toContain(approver.email);
    expect(told).not.toContain(requester.email);
  });

  test("a second person's word runs it: the requester's event says who agreed, the approver has one of their own", async () => {
    const { world, id, requester, approver } = await waiting();
    const { eventId } = await approveAs(approver, id, "Looks right");
    expect(await trialEnd(world)).toBe(extended);
    const decision = await writer().proposalDecision.findUniqueOrThrow({ where: { proposalId: id } });
    expect(decision).toMatchObject({ kind: "approved", requesterId: requester.id, deciderId: approver.id, comment: "Looks right" });
    const [run] = await findEvents({ id: eventId });
    expect(run).toMatchObject({ actorId: requester.id, sessionId: requester.sessionId, approvalId: decision.id, outcome: "succeeded" });
    const [approval] = await findEvents({ targetId: id, operation: "proposal.approve" });
    expect(approval).toMatchObject({ actorId: approver.id, sessionId: approver.sessionId, outcome: "succeeded", reason: "Looks right" });
    expect(await findProposal(id)).toMatchObject({ state: "run", eventId });
    const told = (await queuedMails(world.id)).filter(({ mail }) => mail === "proposalDecided");
    expect(told).toMatchObject([{ to: { email: requester.email }, data: { decision: "approved", deciderName: approver.label } }]);
  });

  test("a program that runs it without a proposal is refused, and nothing happens", async () => {
    const world = await makeOrganization();
    const actor = await makeStaff("support");
    const request = requestOf({
      operation: getOperation("subscription.extendTrial"),
      actor,
      targetId: world.id,
      input: { days: 21 },
      world,
    });
    await expect(runOperation({ ...request, envelope: { ...request.envelope, confirmation: world.slug } })).rejects.toMatchObject({
      code: "CONFIRMATION_REQUIRED",
    });
    expect(await trialEnd(world)).toBe(untouched);
  });

  test("thresholds and budgets themselves are never changed by one person, not even an admin", async () => {
    const actor = await makeStaff("admin");
    for (const [name, targetId, input] of [
      ["setting.changeBudgets", "budgets", { staffMemberADay: 99_999_999, customerAMonth: 99_999_999 }],
      ["setting.reset", "budgets", {}],
    ] as const) {
      await asOwner(`DELETE FROM "Setting" WHERE "id" = 'budgets'`);
      if (name === "setting.reset")
        await arrange((db) =>
          db.setting.create({ data: { id: "budgets", value: { staffMemberADay: 1, customerAMonth: 1 } }, select: { id: true } }),
        );
      const world = await makeOrganization();
      const request = requestOf({ operation: getOperation(name), actor, targetId, input, world });
      const { proposalId, preview } = await propose(request);
      expect(preview.approvalReasons).toEqual(["It decides when a second person is needed."]);
      const result = await runProposal({ ...request, proposal: await findProposal(proposalId), confirmation: targetId });
      expect(result.awaitsApproval).toBe(true);
      await asOwner(`DELETE FROM "Setting" WHERE "id" = 'budgets'`);
    }
  });
});

describe("races", () => {
  test("sixteen approvals at the same moment: one effect", async () => {
    const { world, id } = await waiting();
    const approvers = await Promise.all(Array.from({ length: 16 }, () => makeStaff("operations")));
    const results = await Promise.allSettled(approvers.map((approver) => approveAs(approver, id)));
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(await trialEnd(world)).toBe(extended);
    expect(await findEvents({ targetId: world.id, operation: "subscription.extendTrial", outcome: "succeeded" })).toHaveLength(1);
  });

  test.each(Array.from({ length: 12 }, (_, round) => round))("approve and withdraw at once, round %i: one of them, whole", async () => {
    const { world, id, requester, approver } = await waiting();
    const [approved, withdrawn] = await Promise.allSettled([approveAs(approver, id), decideAs("proposal.withdraw", requester, id)]);
    const decision = await writer().proposalDecision.findUniqueOrThrow({ where: { proposalId: id } });
    expect([approved.status, withdrawn.status].sort()).toEqual(["fulfilled", "rejected"]);
    expect(decision.kind).toBe(approved.status === "fulfilled" ? "approved" : "withdrawn");
    expect(await trialEnd(world)).toBe(approved.status === "fulfilled" ? extended : untouched);
  });

  test("approved after the target changed: nothing happens, and the requester gets a fresh preview to confirm", async () => {
    const { world, id, requester, approver } = await waiting();
    await arrange((db) =>
      db.subscription.update({
        where: { organizationId: world.id },
        data: { trialEndsAt: new Date("2099-02-01T23:59:59Z") },
        select: { id: true },
      }),
    );
    const error = await approveAs(approver, id).catch((thrown) => thrown);
    expect(error).toMatchObject({ code: "STALE_PREVIEW", details: { proposalId: expect.stringMatching(/^pro_/) } });
    expect(await trialEnd(world)).toBe("2099-02-01T23:59:59.000Z");
    const fresh = await findProposal(error.details.proposalId);
    expect(fresh).toMatchObject({ state: "draft", requesterId: requester.id });
    expect(await findProposal(id)).toMatchObject({ state: "superseded", supersededById: fresh.id });
    await expect(approveAs(approver, fresh.id), "the requester has to confirm it first").rejects.toMatchObject({ code: "CONFLICT" });
  });

  test("replayed: what has run, was rejected or was withdrawn does not run again", async () => {
    const run = await waiting();
    await approveAs(run.approver, run.id);
    await expect(approveAs(await makeStaff("admin"), run.id)).rejects.toMatchObject({
      code: "CONFLICT",
      userMessage: "This has already run.",
    });
    expect(await trialEnd(run.world)).toBe(extended);
    for (const name of ["proposal.reject", "proposal.withdraw"] as const) {
      const { world, id, requester, approver } = await waiting();
      await decideAs(name, name === "proposal.reject" ? approver : requester, id);
      await expect(approveAs(approver, id)).rejects.toMatchObject({ code: "CONFLICT" });
      expect(await trialEnd(world)).toBe(untouched);
    }
  });

  test("expired, by the database's clock", async () => {
    const { world, id, approver } = await waiting();
    await asOwner(`UPDATE "Proposal" SET "expiresAt" = now() - interval '1 second' WHERE "id" = $1`, id);
    await expect(approveAs(approver, id)).rejects.toMatchObject({ code: "EXPIRED" });
    expect(await trialEnd(world)).toBe(untouched);
  });
});

describe("the other answers", () => {
  test("rejected: nothing happens, and the requester is told why", async () => {
    const { world, id, requester, approver } = await waiting();
    await decideAs("proposal.reject", approver, id);
    expect(await trialEnd(world)).toBe(untouched);
    const [told] = (await queuedMails(world.id)).filter(({ mail }) => mail === "proposalDecided");
    expect(told).toMatchObject({ to: { email: requester.email }, data: { decision: "rejected", comment: "Changed my mind" } });
  });

  test("nobody rejects their own, nor withdraws a colleague's", async () => {
    const { id, requester, approver } = await waiting();
    await expect(decideAs("proposal.withdraw", approver, id)).rejects.toMatchObject({ code: "FORBIDDEN" });
    const own = { ...requester, roles: approver.roles };
    await asOwner(`UPDATE "StaffSession" SET "groupRoles" = '{operations}' WHERE "id" = $1`, requester.sessionId);
    await expect(decideAs("proposal.reject", own, id)).rejects.toMatchObject({ code: "FORBIDDEN" });
    expect(await findProposal(id)).toMatchObject({ state: "awaitingApproval" });
  });
});
