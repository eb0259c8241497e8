import { existsSync, readFileSync, realpathSync, rmSync } from "node:fs";
import { join } from "node:path";
import { findCommandLine, identify, waitForEnd } from "./processes.ts";
import { StartError } from "./start-error.ts";

/** Ends a server that outlived the process which started it, once it is certain that it serves this folder. */
export async function stopLeftoverPostgres(folder: string) {
  const file = join(folder, "postmaster.pid");
  if (!existsSync(file)) return;
  const [firstLine = "", servedFolder] = readFileSync(file, "utf8").split("\n");
  const pid = Number(firstLine);
  const server = Number.isInteger(pid) && pid > 1 ? identify(pid) : undefined;
  const commandLine = findCommandLine(pid) ?? "";
  if (
    !server ||
    !servedFolder ||
    !isSame(servedFolder, folder) ||
    !commandLine.includes("postgres") ||
    !commandLine.includes(servedFolder)
  ) {
    rmSync(file, { force: true });
    return;
  }
  process.kill(pid, "SIGINT");
  if (await waitForEnd(server, 10_000)) return;
  process.kill(pid, "SIGQUIT");
  if (await waitForEnd(server, 5_000)) return;
  throw new StartError(`PostgreSQL still runs on ${folder} as process ${pid} and does not stop: end it, then start again.`);
}

function isSame(one: string, other: string) {
  return existsSync(one) && realpathSync(one) === realpathSync(other);
}
