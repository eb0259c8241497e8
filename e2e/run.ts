import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startServer } from "./server.ts";

/** Serves a production build and a development server with stand-ins of their own, and runs Playwright against both. */
const dataDir = mkdtempSync(join(tmpdir(), "countersign-e2e-"));
const production = await startServer({ mode: "start", dataDir: join(dataDir, "production") });
const development = await startServer({ mode: "dev", dataDir: join(dataDir, "development") });
const environment = {
  ...process.env,
  ...production.environment,
  E2E_OWNER_URL: production.ownerUrl,
  E2E_DEVELOPMENT_URL: development.environment.APP_URL,
};
const playwright = spawn(
  process.execPath,
  ["--conditions=react-server", "node_modules/@playwright/test/cli.js", "test", ...process.argv.slice(2)],
  { stdio: "inherit", env: environment as NodeJS.ProcessEnv },
);
for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => playwright.kill(signal));
const code = await new Promise<number>((resolve) => playwright.once("exit", (status) => resolve(status ?? 1)));
await Promise.all([production.stop(), development.stop()]);
rmSync(dataDir, { recursive: true, force: true });
process.exit(code);
