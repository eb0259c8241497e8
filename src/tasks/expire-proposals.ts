import { reader } from "#server/db.ts";
import { eachDue } from "./each-due.ts";
import { runAsSystem } from "./run-as-system.ts";
import type { PeriodicTask } from "./task.ts";

const mostInARound = 100;

/** What nobody decided in time cannot run any more by the clock alone; this tells whoever asked for it, once. */
export const expireProposalsTask: PeriodicTask = {
  name: "expire proposals",
  everySeconds: 60,
  run: () =>
    eachDue({
      find: findExpired,
      claim: (id) => `proposal ${id}`,
      work: (targetId) => runAsSystem("Approvals", "proposal.expire", { targetId }),
      failure: { idName: "proposalId", words: "that a request has expired could not be noted" },
    }),
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
