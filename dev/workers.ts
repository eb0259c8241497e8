import { setTimeout as sleep } from "node:timers/promises";
import { type ChildOptions, startChild } from "./child.ts";

const shortestPause = 1_000;
const longestPause = 30_000;

type WorkersOptions = Omit<ChildOptions, "parameters"> & { count: number; parameters?: string[] };

/** Starts the processes that do the background work. One that ends unasked is started again; the application goes on without it. */
export function startWorkers({ count, parameters = ["--conditions=react-server", "src/worker.ts"], ...options }: WorkersOptions) {
  for (let index = 0; index < count; index += 1) void keepRunning({ parameters, ...options });
}

async function keepRunning(options: ChildOptions) {
  let pause = shortestPause;
  while (!options.cleanup.hasBegun()) {
    const startedAt = Date.now();
    const code = await startChild(options).exited;
    if (options.cleanup.hasBegun()) return;
    if (Date.now() - startedAt > longestPause) pause = shortestPause;
    console.error(`A worker ended unexpectedly (${code ?? "killed"}); it is started again in ${pause / 1_000} s.`);
    await sleep(pause, undefined, { ref: false });
    pause = Math.min(2 * pause, longestPause);
  }
}
