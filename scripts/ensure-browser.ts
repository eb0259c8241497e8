import { spawnSync } from "node:child_process";
import { findBrowser } from "../e2e/browser.ts";

/** Makes sure that there is a Chromium to test with; says how to bring one where that cannot be done here. */
export function ensureBrowser(): void {
  if (findBrowser()) return;
  console.log("Installing Chromium for the browser tests …");
  run("npx", ["playwright", "install", "chromium"]);
  if (findBrowser()) return;
  run("apt-get", ["update"]);
  run("apt-get", ["install", "-y", "--no-install-recommends", "chromium"], { DEBIAN_FRONTEND: "noninteractive" });
  if (!findBrowser()) throw new Error("There is no Chromium, and none could be installed: install one and set CHROMIUM_PATH to it.");
}

function run(command: string, parameters: string[], environment: Record<string, string> = {}): void {
  spawnSync(command, parameters, { stdio: ["ignore", "ignore", "ignore"], timeout: 600_000, env: { ...process.env, ...environment } });
}
