import { setTimeout as sleep } from "node:timers/promises";
import type { Settings } from "./settings.ts";
import { StartError } from "./start-error.ts";

const patience = 90_000;

/** Asks the application itself, not a proxy in front of it. */
export async function waitUntilHealthy({ port, bindHost }: Pick<Settings, "port" | "bindHost">) {
  const host = bindHost === "0.0.0.0" || bindHost === "::" ? "localhost" : bindHost;
  const deadline = Date.now() + patience;
  let last = "no answer";
  while (Date.now() < deadline) {
    const answer = await ask(`http://${host}:${port}/healthz`);
    if (answer === "healthy") return;
    last = answer;
    await sleep(100);
  }
  throw new StartError(`The application did not become healthy within ${patience / 1000} seconds: ${last}.`);
}

async function ask(url: string) {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(30_000) });
    return response.ok ? "healthy" : `${response.status} ${(await response.text()).slice(0, 200)}`;
  } catch {
    return "no answer";
  }
}
