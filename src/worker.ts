import { disconnect } from "#server/db.ts";
import { closeMailTransport } from "#server/effects/deliver-mail.ts";
import { startWorkerBoss, stopSender } from "#server/jobs/boss.ts";
import { log } from "#server/log.ts";
import { periodicTasks, queueTasks } from "#tasks/registry.ts";
import { repeat, workQueue } from "#tasks/work.ts";

const mostSecondsToFinish = 8;

/** The background process: plain Node, the same code. Ends by SIGTERM, after what it has begun. */
const boss = await startWorkerBoss();
for (const task of queueTasks) await workQueue(boss, task);
const stopping = new AbortController();
const rounds = periodicTasks.map((task) => repeat(task, stopping.signal));
log.info("worker ready");

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, stop);

async function stop(): Promise<void> {
  stopping.abort();
  await Promise.all([boss.stop({ graceful: true, timeout: mostSecondsToFinish * 1_000 }), ...rounds]);
  closeMailTransport();
  await stopSender();
  await disconnect();
  process.exit(0);
}
