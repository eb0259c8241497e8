import { setTimeout as wait } from "node:timers/promises";
import type { Job, JobResult, PgBoss } from "pg-boss";
import { log } from "#server/log.ts";
import type { PeriodicTask, QueueTask } from "./task.ts";

/** Works one queue until the boss is stopped: job after job while there are any, then it looks twice a second. */
export async function workQueue(boss: PgBoss, task: QueueTask): Promise<void> {
  for (let index = 0; index < task.atOnce; index += 1) await workOneByOne(boss, task);
}

async function workOneByOne(boss: PgBoss, { queue, handle }: QueueTask): Promise<void> {
  const options = { pollingIntervalSeconds: 0.5, perJobResults: true, batchSize: 1 } as const;
  let id = "";
  id = await boss.work<never>(queue, options, (jobs) => {
    // Where there was one job there may be another: without this it would sleep half a second after each.
    boss.notifyWorker(id);
    return Promise.all(jobs.map((job) => attempt(job)));
  });

  async function attempt(job: Job<never>): Promise<JobResult> {
    try {
      const result = await handle(job);
      if (!result?.gaveUp) return { id: job.id, status: "completed" };
      log.error({ queue, jobId: job.id, reason: result.gaveUp }, "a job was given up");
      return { id: job.id, status: "deadletter", output: { message: result.gaveUp } };
    } catch (error) {
      log.warn({ err: error, queue, jobId: job.id, retry: job.retryCount }, "a job failed and is tried again later");
      return { id: job.id, status: "failed", output: { message: error instanceof Error ? error.message : String(error) } };
    }
  }
}

/** Runs a task again and again until the signal; a failure is logged, and the next round tries again. */
export async function repeat({ name, everySeconds, run }: PeriodicTask, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    try {
      await run();
    } catch (error) {
      log.error({ err: error, task: name }, "a periodic task failed");
    }
    await wait(everySeconds * 1_000, undefined, { signal }).catch(() => undefined);
  }
}
