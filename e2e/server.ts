import { ensureBuild } from "../dev/build.ts";
import { startChild } from "../dev/child.ts";
import type { Cleanup } from "../dev/cleanup.ts";
import { up } from "../dev/up.ts";
import { waitUntilHealthy } from "../dev/wait-until-healthy.ts";
import { startWorkers } from "../dev/workers.ts";

/** The application as `npm start` or `npm run dev` serves it, on free ports, with an empty configuration and a data directory of its own. */
export async function startServer({ mode, dataDir, cleanup }: { mode: "start" | "dev"; dataDir: string; cleanup: Cleanup }) {
  const distDir = mode === "start" ? ".next-test" : ".next-test-dev";
  const surroundings = await up({ ports: "free", dataDir, distDir, throwaway: true, cleanup });
  const { settings, environment, dataDirectory, ownerUrl, mailboxUrl } = surroundings;
  if (mode === "start") await ensureBuild(surroundings);
  const forPrograms = {
    environment: {
      ...environment,
      NODE_ENV: mode === "start" ? "production" : "development",
      LOG_LEVEL: "error",
      WEBHOOK_ALLOW_PRIVATE: "true",
    },
    cleanup,
    dataDirectory,
  };
  startChild({
    parameters: [
      ...(mode === "start" ? ["src/serve.ts"] : ["node_modules/next/dist/bin/next", "dev"]),
      "-p",
      String(settings.port),
      "-H",
      settings.bindHost,
    ],
    ...forPrograms,
  });
  startWorkers({ count: settings.workerProcesses, ...forPrograms });
  await waitUntilHealthy(settings);
  return { environment, ownerUrl, mailboxUrl };
}
