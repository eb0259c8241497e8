import { expect, test } from "vitest";
import { asOwner, waiting } from "#testing/approvals-world.ts";
import { findEvents } from "#testing/fixtures.ts";
import { queuedMails } from "#testing/queued-jobs.ts";
import { findProposal } from "#testing/scenarios.ts";
import { expireProposalsTask } from "./expire-proposals.ts";

test("what nobody decided in time has expired, and whoever asked is told once", async () => {
  const { world, id, requester } = await waiting();
  await asOwner(`UPDATE "Proposal" SET "expiresAt" = now() - interval '1 second' WHERE "id" = $1`, id);
  await Promise.all([expireProposalsTask.run(), expireProposalsTask.run()]);
  await expireProposalsTask.run();
  expect(await findProposal(id)).toMatchObject({ state: "expired" });
  expect((await queuedMails(world.id)).filter(({ mail }) => mail === "proposalDecided")).toMatchObject([
    { to: { email: requester.email }, data: { proposalId: id, decision: "expired" } },
  ]);
  expect(await findEvents({ operation: "proposal.expire", targetId: id })).toMatchObject([{ outcome: "succeeded", actorType: "system" }]);
});

test("what still has time goes on waiting", async () => {
  const { world, id } = await waiting();
  await expireProposalsTask.run();
  expect(await findProposal(id)).toMatchObject({ state: "awaitingApproval" });
  expect((await queuedMails(world.id)).filter(({ mail }) => mail === "proposalDecided")).toEqual([]);
});
