import { spawn } from "node:child_process";
import { chownSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Cleanup } from "./cleanup.ts";
import { toProcessEnvironment } from "./environment.ts";
import { type Account, asAccount } from "./postgres-account.ts";
import { identify } from "./processes.ts";
import { diskIsFull, isDiskFull, isPermissionMissing, noPermission, StartError } from "./start-error.ts";
import { watchOver } from "./watch-over.ts";

const majorVersion = "18";

export type Cluster = {
  initdb: string;
  folder: string;
  password: string;
  account: Account | undefined;
  cleanup?: Cleanup | undefined;
};

export async function ensureCluster(cluster: Cluster) {
  const version = readVersion(cluster.folder);
  if (version === majorVersion) return;
  if (version !== undefined) {
    throw new StartError(
      `${cluster.folder} was made by PostgreSQL ${version} and this is PostgreSQL ${majorVersion}: set COUNTERSIGN_DATA_DIR to another directory, or clear it with npm run reset.`,
    );
  }
  if (existsSync(cluster.folder)) {
    throw new StartError(
      `${cluster.folder} exists but holds no PostgreSQL database: set COUNTERSIGN_DATA_DIR to another directory, or clear it with npm run reset.`,
    );
  }
  await create(cluster);
}

function readVersion(folder: string) {
  try {
    return readFileSync(join(folder, "PG_VERSION"), "utf8").trim();
  } catch (error) {
    // Whatever else keeps it from being read must not look like a folder that one might as well clear.
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}

// Made beside its place and renamed when complete, so that an interrupted start leaves nothing half made.
async function create({ initdb, folder, password, account, cleanup }: Cluster) {
  const unfinished = `${folder}.unfinished`;
  const passwordFile = `${folder}.password`;
  rmSync(unfinished, { recursive: true, force: true });
  try {
    mkdirSync(unfinished, { mode: 0o700 });
    writeFileSync(passwordFile, password, { mode: 0o600 });
    if (account) for (const path of [unfinished, passwordFile]) chownSync(path, account.uid, account.gid);
    await runInitdb({ initdb, folder: unfinished, passwordFile, account, cleanup });
    renameSync(unfinished, folder);
  } finally {
    rmSync(passwordFile, { force: true });
    rmSync(unfinished, { recursive: true, force: true });
  }
}

async function runInitdb({ initdb, folder, passwordFile, account, cleanup }: Omit<Cluster, "password"> & { passwordFile: string }) {
  const { command, leading, options } = asAccount(account, initdb, [folder]);
  const parameters = [
    `--pgdata=${folder}`,
    "--username=postgres",
    `--pwfile=${passwordFile}`,
    "--auth=scram-sha-256",
    "--encoding=UTF8",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    "--locale=C",
    "--no-sync",
    "--no-instructions",
  ];
  // Detached, so that Ctrl-C reaches only the process that then stops the others in order.
  const child = spawn(command, [...leading, ...parameters], {
    ...options,
    detached: true,
    env: toProcessEnvironment({ PATH: process.env.PATH, LC_ALL: "C" }),
    stdio: ["ignore", "ignore", "pipe"],
  });
  let output = "";
  child.stderr?.on("data", (chunk) => (output += chunk));
  const closed = new Promise<number | null>((resolve, reject) => child.once("error", reject).once("close", resolve));
  const identity = identify(child.pid ?? 0);
  if (identity) watchOver({ group: identity });
  cleanup?.add(() => child.exitCode === null && child.kill("SIGTERM") && closed);
  const code = await closed;
  if (code !== 0) throw explainPostgres(output, folder);
}

export function explainPostgres(output: string, folder: string) {
  if (isDiskFull(output)) return diskIsFull(folder);
  if (isPermissionMissing(output)) return noPermission(folder);
  const reason = /(?:FATAL|PANIC|error): +(.*)/.exec(output)?.[1];
  return new StartError(`PostgreSQL, with its files in ${folder}, ended${reason ? `: ${reason}` : " and gave no reason"}.`);
}
