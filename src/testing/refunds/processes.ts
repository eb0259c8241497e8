import { type ChildProcess, fork } from "node:child_process";
import { faultVariable, type PlantedFault, type Said, type Wanted } from "./protocol.ts";

type Options = { fault: PlantedFault; environment: Record<string, string> };

/** A process that lives again after each death, as under a supervisor. */
export function keepAlive(script: "asker" | "worker", { fault, environment }: Options, hooks: Hooks = {}) {
  let child: ChildProcess;
  let isOver = false;
  let restarts = 0;
  start();

  function start(): void {
    const own = fork(new URL(`./${script}.ts`, import.meta.url).pathname, {
      execArgv: ["--conditions=react-server"],
      env: { ...process.env, LOG_LEVEL: "silent", ...environment, [faultVariable]: fault },
      stdio: ["ignore", "inherit", "inherit", "ipc"],
    });
    child = own;
    own.on("message", (said) => hooks.heard?.(said as Said));
    own.on("error", () => undefined);
    own.once("exit", () => {
      if (isOver) return;
      restarts += 1;
      hooks.died?.();
      start();
    });
  }

  return {
    /** False where it cannot be told anything just now. */
    tell: (wanted: Wanted) => child.connected && child.send(wanted, () => undefined),
    restarts: () => restarts,
    /** Until it is dead; by then another is being started. */
    async kill(): Promise<void> {
      const dead = new Promise((resolve) => child.once("exit", resolve));
      child.kill("SIGKILL");
      await dead;
    },
    async end(): Promise<void> {
      isOver = true;
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = new Promise((resolve) => child.once("exit", resolve));
      child.kill("SIGKILL");
      await ended;
    },
  };
}

type Hooks = { heard?: (said: Said) => void; died?: () => void };
