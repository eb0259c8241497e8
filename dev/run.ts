import { ensureBuild } from "./build.ts";
import { startChild } from "./child.ts";
import { createCleanup } from "./cleanup.ts";
import type { Environment } from "./environment.ts";
import { loadEnvironmentFile } from "./settings.ts";
import { describeFailure, StartError } from "./start-error.ts";
import { describeRunning } from "./summary.ts";
import { type Surroundings, up } from "./up.ts";
import { waitUntilHealthy } from "./wait-until-healthy.ts";
import { startWorkers } from "./workers.ts";

/** Runs the application with all that it needs until it is told to stop, and leaves no process behind. */
export async function run(mode: "start" | "dev") {
  const cleanup = createCleanup();
  stopOnSignal(cleanup.run);
  try {
    loadEnvironmentFile();
    const surroundings = await up({ environment: process.env, cleanup });
    if (mode === "start") await Promise.race([ensureBuild(surroundings), surroundings.died.then(raise)]);
    const { settings, environment, died, dataDirectory } = surroundings;
    const program = mode === "start" ? ["src/serve.ts"] : ["node_modules/next/dist/bin/next", "dev"];
    const parameters = [...program, "-p", String(settings.port), "-H", settings.bindHost];
    const forPrograms = { environment: forNext(environment, mode), cleanup, dataDirectory };
    console.log("Starting the application …");
    const app = startChild({ parameters, ...forPrograms });
    startWorkers({ count: settings.workerProcesses, ...forPrograms });
    const ended = Promise.race([
      died,
      app.exited.then((code) => new StartError(`The application ended unexpectedly (${code ?? "killed"}).`)),
    ]);
    await Promise.race([waitUntilHealthy(settings), ended.then(raise)]);
    console.log(await describeRunning(surroundings));
    raise(await ended);
  } catch (error) {
    await fail(error, cleanup.run);
  }
}

let stopping = false;

async function fail(error: unknown, stop: Surroundings["stop"]) {
  // What ends while we are stopping is no failure.
  if (stopping) return;
  stopping = true;
  console.error(describeFailure(error));
  await stop();
  process.exit(1);
}

function stopOnSignal(stop: Surroundings["stop"]) {
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(signal, () => end(stop));
  }
  // A killed npm forwards nothing, but leaves us to another parent.
  const parent = process.ppid;
  setInterval(() => process.ppid !== parent && end(stop), 500).unref();
  process.on("uncaughtException", (error) => fail(error, stop));
}

// npm forwards what the terminal already sent, so a second signal means nothing.
async function end(stop: Surroundings["stop"]) {
  if (stopping) return;
  stopping = true;
  console.log("\nStopping …");
  await stop();
  process.exit(0);
}

function forNext(environment: Environment, mode: "start" | "dev"): Environment {
  // Next reads .env itself; an empty value keeps the owner's address out of the application.
  return { ...environment, DATABASE_OWNER_URL: "", NODE_ENV: mode === "start" ? "production" : "development" };
}

function raise(error: Error): never {
  throw error;
}
