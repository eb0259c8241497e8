import { z } from "zod";
import { bulkTitle } from "#server/bulk/bulk-title.ts";
import { defineOperation } from "#server/operation.ts";

export const bulkStop = defineOperation({
  name: "bulk.stop",
  title: "Stop a bulk run",
  description: "What is done stays done; the target that is being worked on is finished. Whoever prepared it can resume it.",
  target: "BulkRun",
  allow: { operations: true },
  allowSystem: true,
  risk: "routine",
  input: z.strictObject({}),
  unavailable: ({ state }) => (state === "stopped" || state === "finished" ? "It is not going on." : null),
  summary: ({ target }) => `Stop the bulk run: ${bulkTitle(target)}`,
  inverse: ({ targetId }) => ({ operation: "bulk.resume", targetId }),
  next: ({ bulkRunId }) => `/admin/bulk/${bulkRunId}`,
  async run({ db, target }) {
    await db.bulkRun.update({ where: { id: target.id }, data: { state: "stopped" }, select: { id: true } });
    return { bulkRunId: target.id };
  },
});
