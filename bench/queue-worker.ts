import { startWorkerBoss } from "#server/jobs/boss.ts";
import { workQueue } from "#tasks/work.ts";

// A worker whose jobs are nothing to do, so that what is left is the queue.
const boss = await startWorkerBoss();
await workQueue(boss, { queue: "bulk", atOnce: 5, handle: async () => undefined });
process.send?.("ready");
process.once("disconnect", () => process.exit(0));
