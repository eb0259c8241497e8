import { randomUUID } from "node:crypto";
import { writeFileSync } from "node:fs";
import { cpus, platform } from "node:os";
import { parseArgs } from "node:util";
import { getOperation } from "#router/registry.ts";
import type { StaffActor } from "#server/actor.ts";
import { disconnect, writer } from "#server/db.ts";
import { stopSender } from "#server/jobs/boss.ts";
import { propose, runProposal } from "#server/proposals.ts";
import { runOperation } from "#server/run-operation.ts";
import { workBulkRunsTask } from "#tasks/work-bulk-runs.ts";
import { arrange, contextOf, makeStaff } from "#testing/fixtures.ts";
import { approveAs, findProposal } from "#testing/scenarios.ts";
import { withThrowawayDatabase } from "../dev/throwaway-database.ts";
import { migrate } from "../prisma/migrate.ts";
import { bareEnvironment } from "./bare-environment.ts";
import { loads } from "./loads.ts";

const { values } = parseArgs({ options: { targets: { type: "string", default: "10000" }, output: { type: "string" } } });
const targets = Number(values.targets);
const chunk = 500;
const origin = { eventId: "evt_bench", requestId: "bench", organizationId: null, actedBy: null };

type Step = { name: string; seconds: number; heapMb: number; progress: number };

for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(1));

/** A bulk run from the list to the last target, in one worker: how long, how much memory, and how often its progress moved. */
await withThrowawayDatabase(async ({ ownerUrl, appUrl, readerUrl }) => {
  await migrate(ownerUrl);
  Object.assign(process.env, bareEnvironment({ appUrl, readerUrl }));
  try {
    const before = loads();
    const steps = await measureBulk();
    const text = [
      `Node ${process.versions.node}, ${cpus().length} × ${cpus()[0]?.model.trim()}, ${platform()}; ${targets.toLocaleString("en-GB")} targets. Load average before: ${before}, after: ${loads()}.`,
      "",
      "| | seconds | targets/s | heap at most, MB | progress seen |",
      "| --- | ---: | ---: | ---: | ---: |",
      ...steps.map(
        ({ name, seconds, heapMb, progress }) =>
          `| ${name} | ${seconds.toFixed(1)} | ${(targets / seconds).toFixed(0)} | ${heapMb.toFixed(0)} | ${progress} |`,
      ),
    ].join("\n");
    console.log(text);
    if (values.output) writeFileSync(values.output, `${text}\n`);
  } finally {
    await stopSender();
    await disconnect();
  }
});

async function measureBulk(): Promise<Step[]> {
  const ids = await makeOrganizations();
  const actor = await makeStaff("admin");
  const steps: Step[] = [];
  let bulkRunId = "";
  const input = { operation: "organization.startMaintenance", values: '{"message":"Back soon."}', targets: ids.join("\n") };
  steps.push(
    await watch("Take the list", async () => {
      const { output } = await runOperation({
        ...requestOf("bulk.prepare", actor),
        envelope: { targetId: "system", input, reason: "A measurement" },
      });
      bulkRunId = (output as { bulkRunId: string }).bulkRunId;
    }),
  );
  const work = () => workBulkRunsTask.handle({ id: randomUUID(), data: { payload: { bulkRunId }, origin } as never });
  steps.push(await watch("Preview each", work));
  steps.push(await watch("Ask and agree", () => start(actor, bulkRunId)));
  steps.push(await watch("Run each", work));
  const run = await writer().bulkRun.findUniqueOrThrow({ where: { id: bulkRunId } });
  if (run.state !== "finished" || run.succeeded !== targets) throw new Error(`It is ${run.state} with ${run.succeeded} of ${targets}.`);
  return steps;
}

function requestOf(name: string, actor: StaffActor) {
  const context = { ...contextOf(actor), actor };
  return { operation: getOperation(name), context, ability: context.ability };
}

async function start(actor: StaffActor, bulkRunId: string): Promise<void> {
  const request = requestOf("bulk.start", actor);
  const { proposalId } = await propose({ ...request, envelope: { targetId: bulkRunId, input: {}, reason: "A measurement" } });
  await runProposal({ ...request, proposal: await findProposal(proposalId), confirmation: String(targets) });
  await approveAs(await makeStaff("admin"), proposalId);
}

async function watch(name: string, work: () => Promise<unknown>): Promise<Step> {
  let heapMb = 0;
  const seen = new Set<string>();
  const timer = setInterval(async () => {
    heapMb = Math.max(heapMb, process.memoryUsage().heapUsed / 1e6);
    const [row] = await writer().jobProgress.findMany({ orderBy: { at: "desc" }, take: 1 });
    if (row) seen.add(`${row.jobId} ${row.done}`);
  }, 250);
  const begun = performance.now();
  try {
    await work();
  } finally {
    clearInterval(timer);
  }
  return {
    name,
    seconds: (performance.now() - begun) / 1_000,
    heapMb: Math.max(heapMb, process.memoryUsage().heapUsed / 1e6),
    progress: seen.size,
  };
}

async function makeOrganizations(): Promise<string[]> {
  const ids: string[] = [];
  for (let made = 0; made < targets; made += chunk) {
    const data = Array.from({ length: Math.min(chunk, targets - made) }, (_, index) => ({
      name: `Customer ${made + index}`,
      slug: `customer-${made + index}`,
    }));
    ids.push(...(await arrange((db) => db.organization.createManyAndReturn({ data, select: { id: true } }))).map(({ id }) => id));
  }
  return ids;
}
