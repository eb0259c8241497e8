import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createCleanup } from "../dev/cleanup.ts";
import { identify } from "../dev/processes.ts";
import { watchOver } from "../dev/watch-over.ts";
import { startServer } from "./server.ts";

/** Serves a production build and a development server with stand-ins of their own, and runs Playwright against both. */
const cleanup = createCleanup();
const dataDir = mkdtempSync(join(tmpdir(), "countersign-e2e-"));
watchOver({ folder: dataDir });
cleanup.add(async () => rmSync(dataDir, { recursive: true, force: true }));
let code = 1;
try {
  code = await runTests();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
} finally {
  await cleanup.run();
}
process.exit(code);

async function runTests(): Promise<number> {
  const production = await startServer({ mode: "start", dataDir: join(dataDir, "production"), cleanup });
  const development = await startServer({ mode: "dev", dataDir: join(dataDir, "development"), cleanup });
  const environment = {
    ...process.env,
    ...production.environment,
    E2E_OWNER_URL: production.ownerUrl,
    E2E_MAILBOX_URL: production.mailboxUrl ?? "",
    E2E_DEVELOPMENT_URL: development.environment.APP_URL,
  } as NodeJS.ProcessEnv;
  const parameters = ["--conditions=react-server", "node_modules/@playwright/test/cli.js", "test", ...process.argv.slice(2)];
  const playwright = spawn(process.execPath, parameters, { stdio: ["ignore", "inherit", "inherit"], env: environment, detached: true });
  const identity = identify(playwright.pid ?? 0);
  if (identity) watchOver({ group: identity });
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => playwright.kill(signal));
  return new Promise((resolve) => playwright.once("exit", (status) => resolve(status ?? 1)));
}
