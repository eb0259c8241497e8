import { keepAlive } from "../refunds/processes.ts";
import type { PlantedFault, Said, Wanted } from "../refunds/protocol.ts";

/** What came of one refund that was asked for: "done", the code of what was told instead, or "died" with its process. */
export type Answer = { wanted: Wanted; answer: string; milliseconds: number };
type Pending = { wanted: Wanted; begun: number; end: (answer: string) => void };

/** Processes of the application that are asked for refunds, and how long each answer takes. */
export function startAskers(count: number, options: { fault: PlantedFault; environment: Record<string, string> }) {
  const pending = new Map<number, Pending & { asker: number }>();
  const askers = Array.from({ length: count }, (_, asker) => keepAlive("asker", options, { heard, died: () => died(asker) }));

  function heard(said: Said): void {
    const one = pending.get(said.index);
    if (!one) return;
    if ("proposalId" in said) one.wanted = { ...one.wanted, proposalId: said.proposalId };
    else one.end("done" in said ? "done" : said.failed);
  }

  function died(asker: number): void {
    for (const one of pending.values()) if (one.asker === asker) one.end("died");
  }

  return {
    ask(wanted: Wanted): Promise<Answer> {
      const asker = wanted.index % count;
      const begun = performance.now();
      return new Promise((resolve) => {
        const end = (answer: string) => {
          const milliseconds = performance.now() - begun;
          const now = pending.get(wanted.index)?.wanted ?? wanted;
          pending.delete(wanted.index);
          resolve({ wanted: now, answer, milliseconds });
        };
        pending.set(wanted.index, { wanted, begun, end, asker });
        if (!askers[asker]?.tell(wanted)) end("died");
      });
    },
    restarts: () => askers.reduce((sum, { restarts }) => sum + restarts(), 0),
    end: async () => void (await Promise.all(askers.map(({ end }) => end()))),
  };
}
