import { z } from "zod";
import { plural } from "#lib/text.ts";
import { describeBulk } from "#server/bulk/describe-bulk.ts";
import { bulkJob } from "#server/effects/bulk-job.ts";
import { defineOperation } from "#server/operation.ts";
import { registeredOperation } from "#server/operation-registry.ts";

export const bulkStart = defineOperation({
  name: "bulk.start",
  title: "Start a bulk run",
  description: "Runs what was prepared on every target, as each was previewed. One that changed since is left out, and says so.",
  target: "BulkRun",
  allow: { operations: true },
  risk: "critical",
  alwaysApproved: "A bulk run always needs a second person.",
  input: z.strictObject({}),
  unavailable: ({ state }) =>
    state === "ready" ? null : state === "preparing" ? "It is still being prepared." : "It was started already.",
  summary: ({ target }) => `Run “${registeredOperation(target.operation).title}” on ${plural(target.total, "target")}`,
  consequences: ({ target, db }) => describeBulk(db, target.id),
  next: ({ bulkRunId }) => `/admin/bulk/${bulkRunId}`,
  async run({ db, target, effect }) {
    await db.bulkRun.update({ where: { id: target.id }, data: { state: "running", startedAt: new Date() }, select: { id: true } });
    effect(bulkJob(target.id, `The worker runs it on ${plural(target.total, "target")}, one after the other`));
    return { bulkRunId: target.id };
  },
});
