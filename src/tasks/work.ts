import { setTimeout as wait } from "node:timers/promises";
import type { Job, JobResult, PgBoss } from "pg-boss";
import { log } from "#server/log.ts";
import type { PeriodicTask, QueueTask } from "./task.ts";

/** Works one queue until the boss is stopped. */
export async function workQueue(boss: PgBoss, { queue, atOnce, handle }: QueueTask): Promise<void> {
  const options = { localConcurrency: atOnce, pollingIntervalSeconds: 0.5, perJobResults: true, batchSize: 1 } as const;
  await boss.work<never>(queue, options, (jobs) => Promise.all(jobs.map((job) => attempt(job))));

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
