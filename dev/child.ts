import { spawn } from "node:child_process";
import type { Cleanup } from "./cleanup.ts";
import type { DataDirectory } from "./data-directory.ts";
import { type Environment, toProcessEnvironment } from "./environment.ts";
import { identify } from "./processes.ts";
import { watchOver } from "./watch-over.ts";

export type Child = { pid: number; exited: Promise<number | null>; errors: () => string };
export type ChildOptions = {
  parameters: string[];
  environment: Environment;
  cleanup: Cleanup;
  dataDirectory: DataDirectory;
  /** Its errors are for whoever started it to show: they may have a shorter explanation. */
  quiet?: boolean;
};

/**
 * Starts a Node program as the leader of its own process group: Ctrl-C in a terminal reaches only us, and one signal
 * to the group ends the program with all that it started.
 */
export function startChild({ parameters, environment, cleanup, dataDirectory, quiet = false }: ChildOptions): Child {
  const child = spawn(process.execPath, parameters, {
    env: toProcessEnvironment(environment),
    detached: true,
    stdio: ["ignore", "inherit", "pipe"],
  });
  const { pid } = child;
  if (pid === undefined) throw new Error(`${parameters[0]} could not be started.`);
  let errors = "";
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    if (!quiet) process.stderr.write(text);
    errors = (errors + text).slice(-10_000);
  });
  const exited = new Promise<number | null>((resolve) => {
    child.once("exit", (code) => {
      // Whatever of the group did not follow its leader, at once: later the id may be another's.
      signalGroup(pid, "SIGKILL");
      resolve(code);
    });
  });
  dataDirectory.addChild(pid);
  const identity = identify(pid);
  if (identity) watchOver({ group: identity });
  cleanup.add(async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    signalGroup(pid, "SIGTERM");
    const lastResort = setTimeout(() => signalGroup(pid, "SIGKILL"), 12_000);
    await exited;
    clearTimeout(lastResort);
  });
  return { pid, exited, errors: () => errors };
}

function signalGroup(pid: number, signal: NodeJS.Signals) {
  try {
    process.kill(-pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}
