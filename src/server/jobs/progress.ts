import { writer } from "../db.ts";

const shortestPause = 500;
const lastTold = new Map<string, number>();

/** Says how far a job is, for whoever watches; twice a second at most, and always when it is done. */
export async function reportProgress(jobId: string, done: number, total: number): Promise<void> {
  const now = Date.now();
  const isDone = done >= total;
  if (!isDone && now - (lastTold.get(jobId) ?? 0) < shortestPause) return;
  if (isDone) lastTold.delete(jobId);
  else lastTold.set(jobId, now);
  await writer().$executeRaw`
    INSERT INTO "JobProgress" ("jobId", "done", "total") VALUES (${jobId}::uuid, ${done}, ${total})
    ON CONFLICT ("jobId") DO UPDATE SET "done" = excluded."done", "total" = excluded."total", "at" = now()`;
}

/** The progress of jobs that the queue has forgotten. */
export async function forgetProgress(): Promise<void> {
  await writer().$executeRaw`
    DELETE FROM "JobProgress" p WHERE p."at" < now() - interval '1 hour'
      AND NOT EXISTS (SELECT 1 FROM pgboss.job j WHERE j.id = p."jobId")`;
}
