import cluster from "node:cluster";
import { availableParallelism } from "node:os";
import { webProcesses } from "#env.ts";

const most = 4;
// In megabytes. What a page leaves behind is then mostly dead before it is looked at.
const youngSpace = "--max-semi-space-size=64";

/**
 * Serves the build with one process for each core, on one port. What they share is in the database, so it does not
 * matter which one answers. When one ends unasked, all end, and whoever started this says so.
 */
function serve(): void {
  const wanted = webProcesses();
  if (wanted === null) {
    console.error("WEB_PROCESSES is not a number from 1 to 64.");
    process.exit(1);
  }
  cluster.setupPrimary({
    exec: `${import.meta.dirname}/serve-process.ts`,
    args: process.argv.slice(2),
    execArgv: [...process.execArgv, youngSpace],
  });
  const count = wanted ?? Math.min(availableParallelism(), most);
  for (let index = 0; index < count; index += 1) cluster.fork({ NODE_ENV: "production" });
  cluster.on("exit", (_worker, code) => stop("SIGTERM", code || 1));
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => stop(signal, 0));
}

let stopping = false;

function stop(signal: NodeJS.Signals, code: number): void {
  if (!stopping) {
    stopping = true;
    process.exitCode = code;
    for (const worker of Object.values(cluster.workers ?? {})) worker?.process.kill(signal);
  }
  if (Object.keys(cluster.workers ?? {}).length === 0) process.exit();
}

serve();
