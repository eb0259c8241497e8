import type { EffectJob } from "#server/effects/effect.ts";
import type { QueueName } from "#server/jobs/queues.ts";

/** Carries out the jobs of one queue. At least once: whatever it does outside must recognise a repetition by the job's id. */
export type QueueTask = {
  queue: QueueName;
  /** How many at a time in one worker. */
  atOnce: number;
  /** Throws to be called again later; answers `gaveUp` where that cannot help. */
  handle(job: { id: string; data: EffectJob<never> }): Promise<{ gaveUp?: string } | undefined>;
};

/** Looks again and again for what is due. Several workers may look at once: what is found is claimed in the database. */
export type PeriodicTask = { name: string; everySeconds: number; run(): Promise<void> };
