import { type ChildProcess, spawn } from "node:child_process";
import { setTimeout as wait } from "node:timers/promises";

export type WorkerProcess = {
  process: ChildProcess;
  /** Ends it with this signal; answers its exit code, null for killed. */
  end: (signal: "SIGTERM" | "SIGKILL") => Promise<number | null>;
};

/** The worker as it runs in production, on the test's database. */
export function startWorkerProcess(environment: Record<string, string> = {}): WorkerProcess {
  const child = spawn(process.execPath, ["--conditions=react-server", "src/worker.ts"], {
    env: { ...process.env, LOG_LEVEL: "silent", ...environment },
    stdio: "inherit",
  });
  const ended = new Promise<number | null>((resolve) => child.once("exit", resolve));
  return {
    process: child,
    async end(signal) {
      child.kill(signal);
      return ended;
    },
  };
}

/** Until it is so; how many milliseconds that took. */
export async function until(isSo: () => Promise<boolean>, { every = 25, most = 100_000 } = {}): Promise<number> {
  const begun = Date.now();
  while (!(await isSo())) {
    if (Date.now() - begun > most) throw new Error(`It was not so within ${most} ms.`);
    await wait(every);
  }
  return Date.now() - begun;
}
