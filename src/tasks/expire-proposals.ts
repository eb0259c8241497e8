import { procedureContext } from "#router/procedure-context.ts";
import { getOperation } from "#router/registry.ts";
import { whileClaimed } from "#server/claim.ts";
import { reader } from "#server/db.ts";
import { log } from "#server/log.ts";
import { runOperation } from "#server/run-operation.ts";
import { systemContext } from "#server/system-context.ts";
import type { PeriodicTask } from "./task.ts";

const mostInARound = 100;

/** What nobody decided in time cannot run any more by the clock alone; this tells whoever asked for it, once. */
export const expireProposalsTask: PeriodicTask = {
  name: "expire proposals",
  everySeconds: 60,
  async run() {
    for (const id of await findExpired()) {
      try {
        // Looked up again under the claim: another worker may have done it just now.
        await whileClaimed(`proposal ${id}`, async () => (await findExpired(id)).length > 0 && expire(id));
      } catch (error) {
        log.error({ err: error, proposalId: id }, "that a request has expired could not be noted");
      }
    }
  },
};

async function findExpired(id?: string): Promise<string[]> {
  const rows = await reader().proposal.findMany({
    where: { ...(id === undefined ? {} : { id }), state: "awaitingApproval", expiresAt: { lte: new Date() } },
    select: { id: true },
    orderBy: { id: "asc" },
    take: mostInARound,
  });
  return rows.map((row) => row.id);
}

async function expire(targetId: string): Promise<void> {
  const context = systemContext("Approvals");
  const { ability } = procedureContext(context);
  await runOperation({ operation: getOperation("proposal.expire"), context, ability, envelope: { targetId, input: {} } });
}
