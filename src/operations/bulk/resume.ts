import { z } from "zod";
import { bulkTitle } from "#server/bulk/bulk-title.ts";
import { requireOwn, requireRecentApproval } from "#server/bulk/own.ts";
import { bulkJob } from "#server/effects/bulk-job.ts";
import { defineOperation } from "#server/operation.ts";

export const bulkResume = defineOperation({
  name: "bulk.resume",
  title: "Resume a bulk run",
  description: "Goes on with the targets that are left, as they were agreed to, within a day of that.",
  target: "BulkRun",
  allow: { operations: true },
  risk: "routine",
  input: z.strictObject({}),
  unavailable: ({ state }) => (state === "stopped" ? null : "It was not stopped."),
  summary: ({ target }) => `Resume the bulk run: ${bulkTitle(target)}`,
  inverse: ({ targetId }) => ({ operation: "bulk.stop", targetId }),
  next: ({ bulkRunId }) => `/admin/bulk/${bulkRunId}`,
  async run({ db, target, context, effect }) {
    requireOwn(target, context);
    await requireRecentApproval(db, target.id);
    await db.bulkRun.update({ where: { id: target.id }, data: { state: "running" }, select: { id: true } });
    effect(bulkJob(target.id, "The worker goes on with the targets that are left"));
    return { bulkRunId: target.id };
  },
});
