import type { Effect } from "./effect.ts";

export type BulkJob = { bulkRunId: string };

/** Has the worker prepare or work through a bulk run, whichever its state says. */
export function bulkJob(bulkRunId: string, words: string): Effect {
  return { name: "bulk run", queue: "bulk", payload: { bulkRunId } satisfies BulkJob, words, whileImpersonating: "suppress" };
}
