import { spawn } from "node:child_process";
import type { Socket } from "node:net";
import { join } from "node:path";
import { toProcessEnvironment } from "./environment.ts";
import type { ProcessIdentity } from "./processes.ts";

/** What must not outlive this process: a process group, the PostgreSQL of a folder, a folder of temporary files. */
export type Legacy = { group: ProcessIdentity } | { postgres: string } | { folder: string };

let watchdog: Socket | undefined;

/**
 * Sees to it that this ends also when this process is killed and cannot do it itself; the last named ends first. What
 * ended in the orderly way is left alone.
 */
export function watchOver(legacy: Legacy) {
  watchdog ??= startWatchdog();
  watchdog.write(`${JSON.stringify(legacy)}\n`);
}

function startWatchdog() {
  const child = spawn(process.execPath, [join(import.meta.dirname, "watchdog.ts")], {
    detached: true,
    env: toProcessEnvironment({ PATH: process.env.PATH }),
    stdio: ["pipe", "ignore", "inherit"],
  });
  // Neither keeps this process running.
  child.unref();
  const pipe = child.stdin as Socket;
  pipe.unref();
  for (const emitter of [child, pipe])
    emitter.on("error", (error) => console.warn(`Nothing would be cleaned up after a kill: ${error.message}.`));
  return pipe;
}
