import { rmSync } from "node:fs";
import { createInterface } from "node:readline";
import { stopLeftoverPostgres } from "./postgres-leftover.ts";
import { endGroup } from "./processes.ts";
import type { Legacy } from "./watch-over.ts";

// The other end of this pipe closes when the process that wrote to it is gone, however it ended.
const legacies: Legacy[] = [];
for await (const line of createInterface({ input: process.stdin })) legacies.push(JSON.parse(line));
for (const legacy of legacies.reverse()) await end(legacy).catch(() => {});

async function end(legacy: Legacy) {
  if ("group" in legacy) await endGroup(legacy.group);
  else if ("postgres" in legacy) await stopLeftoverPostgres(legacy.postgres);
  else rmSync(legacy.folder, { recursive: true, force: true });
}
