import { setImmediate as turnOfTheLoop } from "node:timers/promises";

type Waiting<Kind> = { key: string; kind: Kind; resolve: (done: boolean) => void; reject: (error: unknown) => void };

const most = 50;
// Whoever was answered asks again a moment later: so many turns of the event loop bring most of them into the next work together.
const turnsForCompany = 6;

/**
 * Does work at once; what comes meanwhile, and in a moment after it, is gathered and then done together. Everybody is
 * answered after their own work is done: whether the key is among those that `work` returns, or with its failure.
 */
export function gather<Kind>(work: (keys: string[], kinds: Kind[]) => Promise<Set<string>>) {
  let waiting: Waiting<Kind>[] = [];
  let busy = false;

  async function run(): Promise<void> {
    const batch = takeBatch();
    if (batch.size === 0) return;
    busy = true;
    const asked = [...batch.values()];
    try {
      const done = await work(
        asked.map(({ key }) => key),
        asked.map(({ kind }) => kind),
      );
      for (const { key, resolve } of asked) resolve(done.has(key));
    } catch (error) {
      for (const { reject } of asked) reject(error);
    }
    const inCompany = asked.length > 1 || waiting.length > 0;
    for (let turn = 0; inCompany && turn < turnsForCompany; turn += 1) await turnOfTheLoop();
    busy = false;
    void run();
  }

  /** No key twice: a statement sees each row once. */
  function takeBatch(): Map<string, Waiting<Kind>> {
    const batch = new Map<string, Waiting<Kind>>();
    const left: Waiting<Kind>[] = [];
    for (const one of waiting) {
      if (batch.size < most && !batch.has(one.key)) batch.set(one.key, one);
      else left.push(one);
    }
    waiting = left;
    return batch;
  }

  return (key: string, kind: Kind): Promise<boolean> =>
    new Promise((resolve, reject) => {
      waiting.push({ key, kind, resolve, reject });
      if (!busy) void run();
    });
}
