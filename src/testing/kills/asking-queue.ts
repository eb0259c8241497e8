import type { Said, Wanted } from "../refunds/protocol.ts";

const mostAtOnce = 4;

type Asker = { asker: number; tell: (wanted: Wanted) => boolean };

/** Who was told to ask for what; what a killed process was at goes to the next, with the proposal that it had prepared. */
export function createAskingQueue(all: Wanted[]) {
  const waiting = [...all];
  const busy = [new Map<number, Wanted>(), new Map<number, Wanted>()];
  const proposals = new Map<number, string>();
  const running = [new Map<number, number>(), new Map<number, number>()];
  let usual = 100;
  const done = new Set<number>();
  let first = 0;
  const again = (wanted: Wanted) => void waiting.unshift({ ...wanted, proposalId: proposals.get(wanted.index) ?? null });
  return {
    isEmpty: () => done.size === all.length,
    done: () => done.size,
    proposals: () => [...proposals.values()],
    /** Whether all that was handed out is done. */
    isIdle: () => busy.every((own) => own.size === 0) && !waiting.some(({ index }) => index < first),
    /** Whether this process is between what it prepared and the end of the run. */
    isRunning: (asker: number) => (running[asker]?.size ?? 0) > 0,
    /** How many milliseconds that takes here and now, so that a kill may come at any moment of it. */
    usualRun: () => usual,
    /** Hands out the first so many, and again those of them that were interrupted. */
    hand(most: number, askers: Asker[]): void {
      for (const { asker, tell } of askers) {
        const own = busy[asker] ?? new Map<number, Wanted>();
        while (own.size < mostAtOnce && waiting[0] && waiting[0].index < Math.max(first, most)) {
          const [next] = waiting;
          if (!tell(next)) break;
          waiting.shift();
          first = Math.max(first, next.index + 1);
          own.set(next.index, next);
        }
      }
    },
    heard(asker: number, said: Said): void {
      const wanted = busy[asker]?.get(said.index);
      if (!wanted) return;
      if ("proposalId" in said) {
        running[asker]?.set(said.index, Date.now());
        return void proposals.set(said.index, said.proposalId);
      }
      const since = running[asker]?.get(said.index);
      if (since) usual = 0.8 * usual + 0.2 * (Date.now() - since);
      running[asker]?.delete(said.index);
      busy[asker]?.delete(said.index);
      if ("done" in said) return void done.add(said.index);
      // The target changed in between, or another process was at it: the person prepares it anew, unless it was run.
      if (said.failed === "STALE_PREVIEW") proposals.delete(said.index);
      again(wanted);
    },
    died(asker: number): void {
      for (const wanted of busy[asker]?.values() ?? []) again(wanted);
      busy[asker]?.clear();
      running[asker]?.clear();
    },
  };
}
