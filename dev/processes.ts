import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

/** A process id is reused by the system; together with its start it names one process for good. */
export type ProcessIdentity = { pid: number; startedAt: string };

export function identify(pid: number): ProcessIdentity | undefined {
  const startedAt = findStart(pid);
  return startedAt === undefined ? undefined : { pid, startedAt };
}

export function isRunning({ pid, startedAt }: ProcessIdentity) {
  return findStart(pid) === startedAt;
}

export function findCommandLine(pid: number) {
  if (process.platform !== "linux") return ps(pid, "args=");
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ").trim();
  } catch {
    return undefined;
  }
}

export async function waitForEnd(identity: ProcessIdentity, milliseconds: number) {
  const deadline = Date.now() + milliseconds;
  while (isRunning(identity)) {
    if (Date.now() > deadline) return false;
    await sleep(25);
  }
  return true;
}

/** Ends a process group by its leader, unless another process has the leader's id by now. */
export async function endGroup(leader: ProcessIdentity) {
  if (!isRunning(leader)) return;
  process.kill(-leader.pid, "SIGTERM");
  if (!(await waitForEnd(leader, 5_000))) process.kill(-leader.pid, "SIGKILL");
}

function findStart(pid: number) {
  if (process.platform !== "linux") return ps(pid, "lstart=");
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    const [state, ...fields] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return state === "Z" ? undefined : fields[18];
  } catch {
    return undefined;
  }
}

function ps(pid: number, column: string) {
  try {
    return execFileSync("ps", ["-o", column, "-p", String(pid)], { encoding: "utf8" }).trim() || undefined;
  } catch {
    return undefined;
  }
}
