import { expect, test } from "vitest";
import type { StaffActor } from "#server/actor.ts";
import { writer } from "#server/db.ts";
import { propose, runProposal } from "#server/proposals.ts";
import { runOperation } from "#server/run-operation.ts";
import { asOwner } from "#testing/approvals-world.ts";
import {
  askForBulk,
  findBulk,
  inMaintenance,
  itemsOf,
  makeWorlds,
  prepareBulk,
  requestAs,
  startBulk,
  stepBulk,
  workBulk,
} from "#testing/bulk-world.ts";
import { asRole } from "#testing/database.ts";
import { makeOrganization, makeStaff } from "#testing/fixtures.ts";
import { approveAs, findProposal } from "#testing/scenarios.ts";

test("its requester lost the role: no target is touched, and it stops", async () => {
  const actor = await makeStaff("operations");
  const all = await makeWorlds(2);
  const id = await prepareBulk(actor, { targets: all.map(({ id }) => id) });
  await startBulk(actor, id);
  await asRole("owner", (client) =>
    client.query(`UPDATE "StaffSession" SET "groupRoles" = '{viewer}' WHERE "staffMemberId" = $1`, [actor.id]),
  );
  await workBulk(id);
  expect(await inMaintenance(all.map(({ id }) => id))).toBe(0);
  expect((await itemsOf(id)).map(({ state }) => state)).toEqual(["waiting", "waiting"]);
  expect((await findBulk(id)).state).toBe("stopped");
});

test("nobody agreed to exactly this run", async () => {
  const actor = await makeStaff("operations");
  const [one, other] = [await makeOrganization(), await makeOrganization()];
  const [agreed, not] = [await prepareBulk(actor, { targets: [one.id] }), await prepareBulk(actor, { targets: [other.id] })];
  await startBulk(actor, agreed);
  const decision = await writer().proposalDecision.findFirstOrThrow({ orderBy: { id: "desc" } });
  const [item] = await itemsOf(not);
  const request = requestAs("organization.startMaintenance", actor);
  const envelope = { targetId: other.id, input: { message: "Back soon." }, reason: "The data centre moves", ticket: "SUP-1" };
  const bulk = { bulkRunId: not, position: 0, hash: item?.hash ?? "", approvalId: decision.id };
  await expect(runOperation({ ...request, envelope, bulk })).rejects.toMatchObject({ code: "FORBIDDEN" });
  expect(await inMaintenance([other.id])).toBe(0);
});

test("a list of deletions is asked for and agreed to by people who both signed in a moment ago", async () => {
  const [preparer, second] = [await makeStaff("operations"), await makeStaff("operations")];
  const world = await makeOrganization();
  const id = await prepareBulk(preparer, { targets: [world.id], operation: "organization.scheduleDeletion", values: { days: 30 } });
  const signedIn = (actor: StaffActor, ago: string) =>
    asOwner(`UPDATE "StaffSession" SET "authenticatedAt" = now() - $2::interval WHERE "staffMemberId" = $1`, actor.id, ago);
  await signedIn(preparer, "6 minutes");
  await expect(askForBulk(preparer, id)).rejects.toMatchObject({ code: "FRESH_SIGN_IN_REQUIRED" });
  await signedIn(preparer, "1 minute");
  const proposalId = await askForBulk(preparer, id);
  await signedIn(second, "6 minutes");
  await expect(approveAs(second, proposalId)).rejects.toMatchObject({ code: "FRESH_SIGN_IN_REQUIRED" });
  expect((await findBulk(id)).state).toBe("ready");
  await signedIn(second, "1 minute");
  await approveAs(second, proposalId);
  await workBulk(id);
  expect(await writer().scheduledDeletion.count({ where: { organizationId: world.id } })).toBe(1);
});

test("whoever prepared it is the one who starts it, and never the one who agrees", async () => {
  const [preparer, colleague] = [await makeStaff("operations"), await makeStaff("operations")];
  const id = await prepareBulk(preparer, { targets: [(await makeOrganization()).id] });
  await expect(askForBulk(colleague, id)).rejects.toMatchObject({
    code: "FORBIDDEN",
    userMessage: expect.stringContaining(preparer.label),
  });
  const proposalId = await askForBulk(preparer, id);
  await expect(approveAs(preparer, proposalId)).rejects.toMatchObject({ code: "FORBIDDEN" });
});

test("whoever agrees could do it themselves: operations does not let flags be set that only engineering may", async () => {
  const engineer = await makeStaff("engineering");
  const world = await makeOrganization();
  const wanted = { targets: [world.id], operation: "organization.setFlag", values: { flag: "compactMonitorList", enabled: true } };
  const id = await prepareBulk(engineer, wanted);
  const proposalId = await askForBulk(engineer, id);
  await expect(approveAs(await makeStaff("operations"), proposalId)).rejects.toMatchObject({ code: "FORBIDDEN" });
  await approveAs(await makeStaff("engineering"), proposalId);
  expect((await findBulk(id)).state).toBe("running");
});

/** An admin signs a colleague out everywhere. */
async function signOut({ id, email }: StaffActor) {
  const admin = await makeStaff("admin");
  const request = requestAs("staff.endSessions", admin);
  const { proposalId } = await propose({ ...request, envelope: { targetId: id, input: {}, reason: "Laptop stolen" } });
  await runProposal({ ...request, proposal: await findProposal(proposalId), confirmation: email });
}

test.each(["ready", "running"])("whom an admin signs out, of theirs nothing goes on that was %s", async (state) => {
  const actor = await makeStaff("operations");
  const ids = (await makeWorlds(2)).map(({ id }) => id);
  const id = await prepareBulk(actor, { targets: ids });
  if (state === "running") await startBulk(actor, id);
  await signOut(actor);
  await workBulk(id);
  expect(await findBulk(id)).toMatchObject({ state: "stopped", succeeded: 0 });
  expect(await inMaintenance(ids)).toBe(0);
  await expect(stepBulk("bulk.resume", await makeStaff("operations"), id)).rejects.toMatchObject({ code: "FORBIDDEN" });
});

test("what somebody asked for goes also when they have signed out themselves before", async () => {
  const actor = await makeStaff("operations");
  const id = await prepareBulk(actor, { targets: [(await makeOrganization()).id] });
  const proposalId = await askForBulk(actor, id);
  await asOwner(`UPDATE "StaffSession" SET "endedAt" = now() WHERE "staffMemberId" = $1`, actor.id);
  await signOut(actor);
  await expect(approveAs(await makeStaff("operations"), proposalId)).rejects.toMatchObject({ code: "CONFLICT" });
});

test("one whose preparer has not been seen for a day stops, and says so", async () => {
  const actor = await makeStaff("operations");
  const ids = (await makeWorlds(2)).map(({ id }) => id);
  const id = await prepareBulk(actor, { targets: ids });
  await startBulk(actor, id);
  await asOwner(
    `UPDATE "StaffSession" SET "createdAt" = now() - interval '25 hours', "authenticatedAt" = now() - interval '25 hours', "expiresAt" = now() - interval '17 hours' WHERE "staffMemberId" = $1`,
    actor.id,
  );
  expect(await workBulk(id)).toMatchObject({ gaveUp: "Whoever asked for this may not do it any more." });
  expect((await findBulk(id)).state).toBe("stopped");
  expect(await inMaintenance(ids)).toBe(0);
});

test("a second person's word for it holds a day", async () => {
  const actor = await makeStaff("operations");
  const id = await prepareBulk(actor, { targets: [(await makeOrganization()).id] });
  await startBulk(actor, id);
  await stepBulk("bulk.stop", actor, id);
  await asRole("superuser", (client) =>
    client.query(
      `ALTER TABLE "ProposalDecision" DISABLE TRIGGER USER; UPDATE "ProposalDecision" SET "decidedAt" = now() - interval '25 hours' WHERE "proposalId" IN (SELECT "id" FROM "Proposal" WHERE "targetId" = '${id}'); ALTER TABLE "ProposalDecision" ENABLE ALWAYS TRIGGER proposal_decided_by_another, ENABLE ALWAYS TRIGGER audit_capture, ENABLE ALWAYS TRIGGER audit_capture_truncate`,
    ),
  );
  await expect(stepBulk("bulk.resume", actor, id)).rejects.toMatchObject({ code: "CONFLICT" });
});
