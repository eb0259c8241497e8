import { z } from "zod";
import { bulkJob } from "#server/effects/bulk-job.ts";
import { defineOperation } from "#server/operation.ts";

export const bulkResume = defineOperation({
  name: "bulk.resume",
  title: "Resume a bulk run",
  description: "Goes on with the targets that are left, as they were agreed to.",
  target: "BulkRun",
  allow: { operations: true },
  risk: "routine",
  input: z.strictObject({}),
  unavailable: ({ state }) => (state === "stopped" ? null : "It was not stopped."),
  summary: ({ target }) => `Resume the bulk run of ${target.operation} on ${target.total}`,
  inverse: ({ targetId }) => ({ operation: "bulk.stop", targetId }),
  next: ({ bulkRunId }) => `/admin/bulk/${bulkRunId}`,
  async run({ db, target, effect }) {
    await db.bulkRun.update({ where: { id: target.id }, data: { state: "running" }, select: { id: true } });
    effect(bulkJob(target.id, "The worker goes on with the targets that are left"));
    return { bulkRunId: target.id };
  },
});
