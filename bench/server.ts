import { spawn } from "node:child_process";
import { closeSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Refusal } from "./refusal.ts";

export type Server = { origin: string; stop: () => Promise<void> };
type Environment = Record<string, string | undefined>;

/** How the application is started in production, from a build that exists. */
function command({ PORT }: Environment): string[] {
  return ["src/serve.ts", "-p", PORT ?? "", "-H", "127.0.0.1"];
}

export async function startServer(environment: Environment): Promise<Server> {
  const build = join(environment.NEXT_DIST_DIR ?? "", "BUILD_ID");
  if (!existsSync(build))
    throw new Refusal(`There is no build in ${environment.NEXT_DIST_DIR}: npm start makes one, or give another with --dist-dir.`);
  const folder = mkdtempSync(join(tmpdir(), "countersign-bench-"));
  const log = join(folder, "server.log");
  const output = openSync(log, "w");
  const child = spawn(process.execPath, command(environment), { env: environment as NodeJS.ProcessEnv, stdio: ["ignore", output, output] });
  closeSync(output);
  const exited = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const stopNow = () => child.kill("SIGKILL");
  process.once("exit", stopNow);
  const origin = `http://127.0.0.1:${environment.PORT}`;

  async function stop() {
    process.off("exit", stopNow);
    child.kill("SIGTERM");
    const patience = setTimeout(stopNow, 5_000);
    await exited;
    clearTimeout(patience);
    rmSync(folder, { recursive: true, force: true });
  }

  if (await becomesReady(origin, exited)) return { origin, stop };
  const said = readFileSync(log, "utf8").slice(-2_000);
  await stop();
  throw new Refusal(`The application did not start:\n${said}`);
}

async function becomesReady(origin: string, exited: Promise<void>): Promise<boolean> {
  const deadline = Date.now() + 60_000;
  let running = true;
  exited.then(() => {
    running = false;
  });
  while (running && Date.now() < deadline) {
    const response = await fetch(`${origin}/readyz`).catch(() => null);
    if (response?.ok) return true;
    await sleep(100);
  }
  return false;
}
