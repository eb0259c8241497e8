import { describe, expect, test } from "vitest";
import { getOperation } from "#router/registry.ts";
import type { Context, StaffActor } from "#server/actor.ts";
import { writer } from "#server/db.ts";
import { propose, runProposal } from "#server/proposals.ts";
import { asOwner, extended, trialEnd, untouched, type Waiting, waiting } from "#testing/approvals-world.ts";
import { asRole } from "#testing/database.ts";
import { arrange, contextOf, findEvents, impersonating, makeStaff } from "#testing/fixtures.ts";
import { approveAs, findProposal, requestOf } from "#testing/scenarios.ts";
import { approveProposal } from "./approve.ts";

const abilityOf = (context: Context) => contextOf(context.actor, context).ability;

describe("nobody approves their own request:", () => {
  type Way = (waits: Waiting) => Promise<unknown>;
  const again = async (requester: StaffActor, change: { subject?: string; email?: string; issuer?: string }) => {
    const other = await makeStaff("admin");
    const self = await writer().staffMember.findUniqueOrThrow({ where: { id: requester.id } });
    const { subject = `other-${other.id}`, email = other.email, issuer = "another issuer" } = change;
    await asOwner(
      `UPDATE "StaffMember" SET "subject" = $2, "email" = $3, "issuer" = $4 WHERE "id" = $1`,
      other.id,
      subject === "same" ? self.subject : subject,
      email === "same" ? self.email : email,
      issuer,
    );
    return { ...other, email: email === "same" ? self.email : email };
  };
  const promote = (id: string) =>
    arrange((db) => db.staffRoleGrant.create({ data: { staffMemberId: id, role: "admin" }, select: { id: true } }));
  const strong = (actor: StaffActor): StaffActor => ({
    ...actor,
    roles: ["viewer", "support", "billing", "operations", "engineering", "admin"],
  });

  const ways: Record<string, Way> = {
    "as they are": ({ requester, id }) => approveAs(requester, id),
    "after becoming an admin": async ({ requester, id }) => {
      await promote(requester.id);
      return approveAs(strong(requester), id);
    },
    "with roles that a client claims": ({ requester, id }) => approveAs(strong(requester), id),
    "in another session of theirs": async ({ requester, id }) => {
      await promote(requester.id);
      const session = await arrange((db) =>
        db.staffSession.create({
          data: { staffMemberId: requester.id, groupRoles: ["admin"], authenticatedAt: new Date() },
          select: { id: true },
        }),
      );
      return approveAs({ ...strong(requester), sessionId: session.id }, id);
    },
    "as the same subject at another issuer": async ({ requester, id }) => approveAs(await again(requester, { subject: "same" }), id),
    "by the same address": async ({ requester, id }) => approveAs(await again(requester, { email: "same" }), id),
    "by the same address in capitals": async ({ requester, id }) =>
      approveAs(await again(requester, { email: requester.email.toUpperCase() }), id),
    "while viewing as a customer, as a colleague would not": async ({ world, id, approver }) => {
      const context = contextOf(approver, impersonating({ id: "imp_1", world, person: world.people.owner.actor }));
      const proposal = await findProposal(id);
      const operation = getOperation(proposal.operation);
      return approveProposal({
        operation,
        context: { ...context, actor: approver },
        ability: context.ability,
        proposal,
        comment: null,
        abilityOf,
      });
    },
    "by confirming the waiting proposal again": async ({ requester, id, world }) => {
      const request = requestOf({
        operation: getOperation("subscription.extendTrial"),
        actor: requester,
        targetId: world.id,
        input: { days: 21 },
        world,
      });
      return runProposal({ ...request, proposal: await findProposal(id), confirmation: world.slug });
    },
    "as a customer": async ({ world, id }) => approveAs(world.people.owner.actor as never, id),
    "by an INSERT of the decision as the application's role": async ({ requester, id }) => {
      const { hash } = await findProposal(id);
      return arrange((db) =>
        db.proposalDecision.create({
          data: { proposalId: id, kind: "approved", requesterId: requester.id, deciderId: requester.id, deciderLabel: "x", hash },
          select: { id: true },
        }),
      );
    },
    "by making somebody else the requester": ({ id, approver }) =>
      asRole("app", (client) => client.query(`UPDATE "Proposal" SET "requesterId" = $2 WHERE "id" = $1`, [id, approver.id])),
    "by altering what was asked for, or its hash": ({ id }) =>
      asRole("app", (client) => client.query(`UPDATE "Proposal" SET "hash" = 'x', "input" = '{"days": 1}' WHERE "id" = $1`, [id])),
    "by giving it more time": ({ id }) =>
      asRole("app", (client) => client.query(`UPDATE "Proposal" SET "expiresAt" = now() + interval '1 year' WHERE "id" = $1`, [id])),
  };

  test.each(Object.keys(ways))("%s", async (way) => {
    const waits = await waiting();
    await expect(ways[way]?.(waits)).rejects.toThrow();
    expect(await trialEnd(waits.world)).toBe(untouched);
    expect(await findProposal(waits.id)).toMatchObject({ state: "awaitingApproval", requesterId: waits.requester.id });
  });
});

describe("both people's rights are read anew when it runs:", () => {
  test.each(["viewer", "support", "billing"] as const)("%s may not agree", async (role) => {
    const { world, id } = await waiting();
    await expect(approveAs(await makeStaff(role), id)).rejects.toMatchObject({ code: "FORBIDDEN" });
    expect(await trialEnd(world)).toBe(untouched);
    expect(await findEvents({ targetId: id, operation: "proposal.approve", outcome: "denied" })).toHaveLength(1);
  });

  const changes: Record<string, (waits: Waiting) => Promise<unknown>> = {
    "the requester lost the role": ({ requester }) =>
      asOwner(`UPDATE "StaffSession" SET "groupRoles" = '{viewer}' WHERE "staffMemberId" = $1`, requester.id),
    "the requester signed in again with less": ({ requester }) =>
      arrange((db) =>
        db.staffSession.create({
          data: { staffMemberId: requester.id, groupRoles: ["viewer"], authenticatedAt: new Date() },
          select: { id: true },
        }),
      ),
    "the requester has not been seen for a day": ({ requester }) =>
      asOwner(
        `UPDATE "StaffSession" SET "createdAt" = now() - interval '25 hours', "expiresAt" = now() - interval '17 hours' WHERE "staffMemberId" = $1`,
        requester.id,
      ),
    "the approver's session was ended": ({ approver }) =>
      asOwner(`UPDATE "StaffSession" SET "endedAt" = now() WHERE "id" = $1`, approver.sessionId),
    "the approver lost the role": ({ approver }) =>
      asOwner(`UPDATE "StaffSession" SET "groupRoles" = '{viewer}' WHERE "id" = $1`, approver.sessionId),
    "the approver signed in six minutes ago": ({ approver }) =>
      asOwner(`UPDATE "StaffSession" SET "authenticatedAt" = now() - interval '6 minutes' WHERE "id" = $1`, approver.sessionId),
  };
  test.each(Object.keys(changes))("%s", async (change) => {
    const waits = await waiting();
    await changes[change]?.(waits);
    await expect(approveAs(waits.approver, waits.id)).rejects.toMatchObject({
      code: expect.stringMatching(/FORBIDDEN|UNAUTHENTICATED|FRESH_SIGN_IN_REQUIRED/),
    });
    expect(await trialEnd(waits.world)).toBe(untouched);
  });

  test("the requester may have signed out since", async () => {
    const { world, id, requester, approver } = await waiting();
    await asOwner(`UPDATE "StaffSession" SET "endedAt" = now() WHERE "id" = $1`, requester.sessionId);
    await approveAs(approver, id);
    expect(await trialEnd(world)).toBe(extended);
  });

  test("whom an admin signed out has asked for nothing any more", async () => {
    const { world, id, requester, approver } = await waiting();
    const admin = await makeStaff("admin");
    const request = requestOf({ operation: getOperation("staff.endSessions"), actor: admin, targetId: requester.id, input: {}, world });
    const { proposalId } = await propose(request);
    await runProposal({ ...request, proposal: await findProposal(proposalId), confirmation: requester.email });
    await expect(approveAs(approver, id)).rejects.toMatchObject({ code: "CONFLICT" });
    expect(await trialEnd(world)).toBe(untouched);
  });
});
