import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { writePrivate } from "./private-file.ts";
import { endGroup, identify, isRunning, type ProcessIdentity } from "./processes.ts";
import { StartError } from "./start-error.ts";

type Claim = { owner: ProcessIdentity; url: string; children: ProcessIdentity[] };
export type DataDirectory = { addChild: (pid: number) => void; release: () => void };

/**
 * Makes this process the only one that uses the data directory. Children of an owner that was killed are ended
 * first; each is known by its start, so that a reused process id is never hit.
 */
export async function claimDataDirectory(dataDir: string, url: string): Promise<DataDirectory> {
  mkdirSync(dataDir, { recursive: true });
  const file = join(dataDir, "running.json");
  const owner = identify(process.pid);
  if (!owner) throw new Error("This process cannot see itself in the process table.");
  const claim: Claim = { owner, url, children: [] };
  if (!tryWrite(file, claim)) {
    await endPreviousOwner(file, dataDir);
    if (!tryWrite(file, claim))
      throw new StartError(`Two starts met on the data directory ${show(dataDir)}: wait for the other one, or set COUNTERSIGN_DATA_DIR.`);
  }
  return {
    addChild(pid) {
      const child = identify(pid);
      if (!child) return;
      claim.children = [...claim.children.filter(isRunning), child];
      writePrivate(file, claim);
    },
    release: () => rmSync(file, { force: true }),
  };
}

function tryWrite(file: string, claim: Claim) {
  try {
    writeFileSync(file, JSON.stringify(claim), { flag: "wx", mode: 0o600 });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    rmSync(file, { force: true });
    throw error;
  }
}

async function endPreviousOwner(file: string, dataDir: string) {
  const claim = readClaim(file);
  if (claim && isRunning(claim.owner)) {
    throw new StartError(
      `Countersign already runs with the data directory ${show(dataDir)}, as process ${claim.owner.pid} at ${claim.url}: use or stop that one, or set COUNTERSIGN_DATA_DIR, PORT, POSTGRES_PORT, IDENTITY_PROVIDER_PORT, SMTP_PORT, MAILBOX_PORT and STRIPE_PORT for a second one.`,
    );
  }
  for (const child of claim?.children ?? []) await endGroup(child);
  rmSync(file, { force: true });
}

function readClaim(file: string): Claim | undefined {
  // One that cannot be read at all may be of a start that runs.
  const text = existsSync(file) ? readFileSync(file, "utf8") : "";
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function show(dataDir: string) {
  const short = relative(process.cwd(), dataDir);
  return short && !short.startsWith("..") ? short : dataDir;
}
