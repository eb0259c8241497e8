import { z } from "zod";
import type { BulkState } from "#generated/prisma/enums.ts";
import { plural } from "#lib/text.ts";
import { describeBulk } from "#server/bulk/describe-bulk.ts";
import { requireOwn } from "#server/bulk/own.ts";
import { bulkJob } from "#server/effects/bulk-job.ts";
import { defineOperation } from "#server/operation.ts";
import { operationTitle } from "#server/operation-registry.ts";

const whyNotStart: Partial<Record<BulkState, string>> = {
  preparing: "It is still being prepared.",
  running: "It was started already.",
  stopped: "It was stopped.",
  finished: "It has run already.",
};

export const bulkStart = defineOperation({
  name: "bulk.start",
  title: "Start a bulk run",
  description: "Runs what was prepared on every target, as each was previewed. One that changed since is left out, and says so.",
  target: "BulkRun",
  allow: { operations: true },
  risk: "critical",
  alwaysApproved: "A bulk run always needs a second person.",
  carries: ({ operation }) => operation,
  input: z.strictObject({}),
  unavailable: ({ state }) => whyNotStart[state] ?? null,
  summary: ({ target }) => `Run “${operationTitle(target.operation)}” on ${plural(target.toRun, "target")}`,
  consequences: ({ target, db }) => describeBulk(db, target.id),
  next: ({ bulkRunId }) => `/admin/bulk/${bulkRunId}`,
  async run({ db, target, context, effect }) {
    requireOwn(target, context);
    await db.bulkRun.update({ where: { id: target.id }, data: { state: "running", startedAt: new Date() }, select: { id: true } });
    effect(bulkJob(target.id, `The worker runs it on ${plural(target.toRun, "target")}, one after the other`));
    return { bulkRunId: target.id };
  },
});
