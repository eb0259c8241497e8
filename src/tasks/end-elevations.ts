import { reader } from "#server/db.ts";
import { eachDue } from "./each-due.ts";
import { runAsSystem } from "./run-as-system.ts";
import type { PeriodicTask } from "./task.ts";

const mostInARound = 100;

/** A lent role stops counting by the clock alone; this tells whoever had it. */
export const endElevationsTask: PeriodicTask = {
  name: "end elevations",
  everySeconds: 10,
  run: () =>
    eachDue({
      find: findEnded,
      claim: (id) => `elevation ${id}`,
      work: (targetId) => runAsSystem("Lent roles", "membership.expireElevation", { targetId }),
      failure: { idName: "membershipId", words: "the end of a lent role could not be noted" },
    }),
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
