import { execFileSync, type SpawnOptions } from "node:child_process";
import { statSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { StartError } from "./start-error.ts";

export type Account = { uid: number; gid: number };

/** PostgreSQL refuses to run as root; then it gets an account of its own. */
export function findPostgresAccount(): Account | undefined {
  if (process.getuid?.() !== 0) return undefined;
  return findAccount() ?? createAccount();
}

/** How to start a PostgreSQL program under the account, also below a directory that only root may enter. */
export function asAccount(
  account: Account | undefined,
  program: string,
  paths: string[],
): { command: string; leading: string[]; options: SpawnOptions } {
  if (!account) return { command: program, leading: [], options: {} };
  if ([program, ...paths].every((path) => canReach(account, path))) {
    return { command: program, leading: [], options: { uid: account.uid, gid: account.gid } };
  }
  // The capability opens the directories; without the securebit access(2) would not count it.
  const leading = [
    `--reuid=${account.uid}`,
    `--regid=${account.gid}`,
    "--clear-groups",
    "--inh-caps=+dac_override",
    "--ambient-caps=+dac_override",
    "--securebits=+no_setuid_fixup",
    program,
  ];
  return { command: "setpriv", leading, options: {} };
}

function canReach({ uid, gid }: Account, path: string) {
  for (let folder = dirname(resolve(path)); ; folder = dirname(folder)) {
    const { mode, uid: owner, gid: group } = statSync(folder);
    const enter = owner === uid ? 0o100 : group === gid ? 0o010 : 0o001;
    if ((mode & enter) === 0) return false;
    if (folder === dirname(folder)) return true;
  }
}

function findAccount(): Account | undefined {
  try {
    return { uid: readId("-u"), gid: readId("-g") };
  } catch {
    return undefined;
  }
}

function createAccount(): Account {
  try {
    execFileSync("groupadd", ["--system", "postgres"], { stdio: "ignore" });
    execFileSync("useradd", ["--system", "--no-create-home", "--gid", "postgres", "postgres"], { stdio: "ignore" });
    return { uid: readId("-u"), gid: readId("-g") };
  } catch {
    throw new StartError(
      "PostgreSQL does not run as root and the account postgres could not be created: run as another user, create that account, or set DATABASE_URL.",
    );
  }
}

function readId(option: "-u" | "-g") {
  return Number(execFileSync("id", [option, "postgres"], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }));
}
