import { spawn } from "node:child_process";
import { globSync, readFileSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";
import { findFreePort } from "../../dev/ports.ts";
import { identify, isRunning, type ProcessIdentity } from "../../dev/processes.ts";

export type Environment = Record<string, string>;
export type Command = {
  pid: number;
  printed: () => string;
  errors: () => string;
  /** When nobody holds its output open any more, so that no child of it that writes there is left either. */
  ended: Promise<{ code: number | null; output: string; errors: string }>;
};
type Options = { as?: { uid: number; gid: number } | undefined; through?: string[] };

/** Runs a command as in a terminal, with nothing configured but what is given: neither the tester's own environment nor a file .env counts. */
export function runCommand([program = "", ...parameters]: string[], environment: Environment, { as, through = [] }: Options = {}): Command {
  const [first = "", ...rest] = [...through, program, ...parameters];
  const child = spawn(first, rest, {
    env: { ...emptyConfiguration(), PATH: process.env.PATH, HOME: process.env.HOME, ...environment } as unknown as NodeJS.ProcessEnv,
    stdio: ["ignore", "pipe", "pipe"],
    // The leader of a group, as a shell makes it: Ctrl-C is a signal to all of the group.
    detached: true,
    ...as,
  });
  let [output, errors] = ["", ""];
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    output += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    errors += text;
  });
  const ended = new Promise<number | null>((resolve, reject) => child.once("error", reject).once("close", resolve));
  return {
    pid: child.pid ?? 0,
    printed: () => output,
    errors: () => errors,
    ended: ended.then((code) => ({ code, output, errors })),
  };
}

/** Free ports and a data directory of its own, so that it meets neither another test nor a `npm start` that runs meanwhile. */
export async function placeOfItsOwn(dataDir: string): Promise<Environment> {
  const environment: Environment = { COUNTERSIGN_DATA_DIR: dataDir };
  for (const variable of portVariables) environment[variable] = String(await findFreePort());
  return environment;
}

export const portVariables = ["PORT", "POSTGRES_PORT", "IDENTITY_PROVIDER_PORT", "SMTP_PORT", "MAILBOX_PORT", "STRIPE_PORT"];

/** This process and all that came of it. */
export function familyOf(pid: number): ProcessIdentity[] {
  const parents = new Map(allProcesses().map((each) => [each, parentOf(each)]));
  const family = new Set([pid]);
  // A child may have a smaller number than its parent.
  for (let before = 0; before < family.size; ) {
    before = family.size;
    for (const [child, parent] of parents) if (parent !== undefined && family.has(parent)) family.add(child);
  }
  return [...family].map(identify).filter((found) => found !== undefined);
}

/** What still runs of them, and of all that has this path in its command line or its environment. */
function leftOver(family: ProcessIdentity[], path: string): string[] {
  const naming = allProcesses().filter((pid) => ["cmdline", "environ"].some((file) => read(pid, file).includes(path)));
  const running = [...family.filter(isRunning).map(({ pid }) => pid), ...naming.filter((pid) => identify(pid) !== undefined)];
  return [...new Set(running)].map((pid) => `${pid} ${read(pid, "cmdline").replaceAll("\0", " ")}`);
}

/** What is left once whoever is just ending has had a moment. */
export async function leftOverAfter(milliseconds: number, family: ProcessIdentity[], path: string): Promise<string[]> {
  const deadline = Date.now() + milliseconds;
  while (leftOver(family, path).length > 0 && Date.now() < deadline) await wait(20);
  return leftOver(family, path);
}

function emptyConfiguration(): Environment {
  const variables = readFileSync(".env.example", "utf8").matchAll(/^# ?([A-Z][A-Z0-9_]+)=/gm);
  return Object.fromEntries([...variables].map(([, variable = ""]) => [variable, ""]));
}

function allProcesses(): number[] {
  return globSync("/proc/[0-9]*").map((folder) => Number(folder.slice("/proc/".length)));
}

function parentOf(pid: number): number | undefined {
  const [, parent] = /^PPid:\s+(\d+)$/m.exec(read(pid, "status")) ?? [];
  return parent === undefined ? undefined : Number(parent);
}

/** Empty where the process is gone, or is not ours to look into. */
function read(pid: number, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, "utf8");
  } catch {
    return "";
  }
}
