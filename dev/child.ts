import { spawn } from "node:child_process";
import type { Cleanup } from "./cleanup.ts";
import type { DataDirectory } from "./data-directory.ts";
import { type Environment, toProcessEnvironment } from "./environment.ts";

export type Child = { pid: number; exited: Promise<number | null>; errors: () => string };
type ChildOptions = { parameters: string[]; environment: Environment; cleanup: Cleanup; dataDirectory: DataDirectory };

/**
 * Starts a Node program as the leader of its own process group: Ctrl-C in a terminal reaches only us, and one signal
 * to the group ends the program with all that it started.
 */
export function startChild({ parameters, environment, cleanup, dataDirectory }: ChildOptions): Child {
  const child = spawn(process.execPath, parameters, {
    env: toProcessEnvironment(environment),
    detached: true,
    stdio: ["ignore", "inherit", "pipe"],
  });
  const { pid } = child;
  if (pid === undefined) throw new Error(`${parameters[0]} could not be started.`);
  let errors = "";
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    process.stderr.write(text);
    errors = (errors + text).slice(-10_000);
  });
  const exited = new Promise<number | null>((resolve) => child.once("exit", resolve));
  dataDirectory.addChild(pid);
  cleanup.add(() => endGroup(pid, exited));
  return { pid, exited, errors: () => errors };
}

async function endGroup(pid: number, exited: Promise<unknown>) {
  signalGroup(pid, "SIGTERM");
  const lastResort = setTimeout(() => signalGroup(pid, "SIGKILL"), 10_000);
  await exited;
  clearTimeout(lastResort);
  // Whatever of the group did not follow its leader.
  signalGroup(pid, "SIGKILL");
}

function signalGroup(pid: number, signal: NodeJS.Signals) {
  try {
    process.kill(-pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}
