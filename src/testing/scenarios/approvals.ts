import { getOperation } from "#router/registry.ts";
import type { Actor } from "#server/actor.ts";
import { writer } from "#server/db.ts";
import { propose, runProposal } from "#server/proposals.ts";
import { asRole } from "../database.ts";
import { contextOf, makeStaff } from "../fixtures.ts";
import type { Scenarios, World } from "./scenario.ts";

/** A proposal over a limit that waits for a second person: support extends a trial by three weeks. */
export async function waitingProposal(
  world: Pick<World, "id" | "slug">,
  requester?: Actor,
): Promise<{ proposalId: string; requester: Actor }> {
  const actor = requester ?? (await makeStaff("support"));
  const context = { ...contextOf(actor), actor };
  const operation = getOperation("subscription.extendTrial");
  const request = { operation, context, ability: context.ability };
  const { proposalId } = await propose({ ...request, envelope: { targetId: world.id, input: { days: 21 }, reason: "They asked nicely" } });
  const proposal = await writer().proposal.findUniqueOrThrow({ where: { id: proposalId } });
  await runProposal({ ...request, proposal, confirmation: world.slug });
  return { proposalId, requester: actor };
}

const requesters = new WeakMap<World, Actor>();

export const approvalScenarios = {
  "proposal.comment": { targetOf: async (world) => (await waitingProposal(world)).proposalId, changesNothing: true },
  "proposal.expire": {
    targetOf: async (world) => {
      const { proposalId } = await waitingProposal(world);
      await asRole("owner", (client) => client.query(`UPDATE "Proposal" SET "expiresAt" = now() WHERE "id" = $1`, [proposalId]));
      return proposalId;
    },
    actorOf: () => ({ type: "system", id: "worker", label: "Test" }),
    changesNothing: true,
  },
  "proposal.reject": { targetOf: async (world) => (await waitingProposal(world)).proposalId },
  "proposal.withdraw": {
    targetOf: async (world) => {
      const { proposalId, requester } = await waitingProposal(world);
      requesters.set(world, requester);
      return proposalId;
    },
    actorOf: (world) => requesters.get(world) ?? makeStaff("support"),
  },
} satisfies Scenarios;
