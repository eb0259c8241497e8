import { procedureContext } from "#router/procedure-context.ts";
import { getOperation } from "#router/registry.ts";
import { whileClaimed } from "#server/claim.ts";
import { reader } from "#server/db.ts";
import { log } from "#server/log.ts";
import { runOperation } from "#server/run-operation.ts";
import { systemContext } from "#server/system-context.ts";
import type { PeriodicTask } from "./task.ts";

const mostInARound = 100;

/** A lent role stops counting by the clock alone; this tells whoever had it. */
export const endElevationsTask: PeriodicTask = {
  name: "end elevations",
  everySeconds: 10,
  async run() {
    for (const id of await findEnded()) {
      try {
        // Looked up again under the claim: another worker may have ended it just now.
        await whileClaimed(`elevation ${id}`, async () => (await findEnded(id)).length > 0 && expire(id));
      } catch (error) {
        log.error({ err: error, membershipId: id }, "the end of a lent role could not be noted");
      }
    }
  },
};

async function findEnded(id?: string): Promise<string[]> {
  const rows = await reader().membership.findMany({
    where: { ...(id === undefined ? {} : { id }), elevatedRole: { not: null }, elevatedUntil: { lte: new Date() } },
    select: { id: true },
    orderBy: { elevatedUntil: "asc" },
    take: mostInARound,
  });
  return rows.map((row) => row.id);
}

async function expire(targetId: string): Promise<void> {
  const context = systemContext("Lent roles");
  const { ability } = procedureContext(context);
  await runOperation({ operation: getOperation("membership.expireElevation"), context, ability, envelope: { targetId, input: {} } });
}
