import { createHash } from "node:crypto";
import type { BulkItem, BulkRun } from "#generated/prisma/client.ts";
import { procedureContext } from "#router/procedure-context.ts";
import { getOperation } from "#router/registry.ts";
import { requesterContext } from "#server/approvals/requester.ts";
import { BulkInterrupted } from "#server/bulk/permit.ts";
import { writer } from "#server/db.ts";
import type { BulkJob } from "#server/effects/bulk-job.ts";
import type { EffectJob } from "#server/effects/effect.ts";
import { AppError } from "#server/errors.ts";
import { reportProgress } from "#server/jobs/progress.ts";
import { notAnyMore, prepareItem, runItem } from "./bulk-item.ts";
import { runAsSystem } from "./run-as-system.ts";
import type { QueueTask } from "./task.ts";

const pageSize = 100;

/**
 * Prepares a bulk run, or works through it, one target after the other. What was done is marked in each target's own
 * transaction, so that a worker that takes over goes on where another one died.
 */
export const workBulkRunsTask: QueueTask = {
  queue: "bulk",
  atOnce: 1,
  async handle({ id: jobId, data }) {
    const { payload, origin } = data as EffectJob<BulkJob>;
    const run = await find(payload.bulkRunId);
    if (!run || (run.state !== "preparing" && run.state !== "running")) return undefined;
    const work = run.state === "preparing" ? prepareItem : runItem;
    try {
      const approvalId = run.state === "running" ? await findApproval(run.id) : "";
      const context = await requesterContext(run, origin);
      const { name, target } = getOperation(run.operation);
      if (!procedureContext(context).ability.can(name, target)) throw notAnyMore();
      await eachItem(run, async (item, done) => {
        await work({ run, item, context, approvalId });
        if (done % 20 === 0) await count(run.id);
        await reportProgress(jobId, done, run.total);
      });
    } catch (error) {
      await count(run.id);
      if (error instanceof BulkInterrupted) return undefined;
      if (!(error instanceof AppError) || error.code !== "FORBIDDEN") throw error;
      // Whoever asked for it may not do it any more, or nobody agreed: it does not go on by itself.
      await asSystem("bulk.stop", { targetId: run.id, input: {}, reason: error.userMessage });
      return { gaveUp: error.userMessage };
    }
    await count(run.id);
    const preparing = run.state === "preparing";
    const input = preparing ? { digest: await digestOf(run.id) } : {};
    await asSystem(preparing ? "bulk.markReady" : "bulk.finish", { targetId: run.id, input });
    return undefined;
  },
};

const find = (id: string) => writer().bulkRun.findUnique({ where: { id } });

/** Those that are left, in order; `done` counts all that are not. */
async function eachItem(run: BulkRun, work: (item: BulkItem, done: number) => Promise<void>): Promise<void> {
  const left = run.state === "preparing" ? { hash: null } : {};
  for (;;) {
    const items = await writer().bulkItem.findMany({
      where: { bulkRunId: run.id, state: "waiting", ...left },
      orderBy: { position: "asc" },
      take: pageSize,
    });
    if (items.length === 0) return;
    for (const item of items) await work(item, item.position + 1);
  }
}

async function count(bulkRunId: string): Promise<void> {
  await writer().$executeRaw`
    UPDATE "BulkRun" r SET "prepared" = c."prepared", "refused" = c."refused", "succeeded" = c."succeeded", "failed" = c."failed"
    FROM (SELECT count(*) FILTER (WHERE "hash" IS NOT NULL OR "state" = 'refused')::int AS "prepared", count(*) FILTER (WHERE "state" = 'refused')::int AS "refused",
        count(*) FILTER (WHERE "state" = 'succeeded')::int AS "succeeded", count(*) FILTER (WHERE "state" = 'failed')::int AS "failed"
      FROM "BulkItem" WHERE "bulkRunId" = ${bulkRunId}) c WHERE r."id" = ${bulkRunId}`;
}

async function digestOf(bulkRunId: string): Promise<string> {
  const hash = createHash("sha256");
  const items = await writer().bulkItem.findMany({
    where: { bulkRunId },
    orderBy: { position: "asc" },
    select: { position: true, targetId: true, state: true, hash: true },
  });
  for (const { position, targetId, state, hash: shown } of items) hash.update(`${position} ${targetId} ${state} ${shown ?? ""}\n`);
  return hash.digest("hex");
}

async function findApproval(bulkRunId: string): Promise<string> {
  const [decision] = await writer().$queryRaw<{ id: string }[]>`
    SELECT d."id" FROM "ProposalDecision" d JOIN "Proposal" p ON p."id" = d."proposalId"
    WHERE p."targetId" = ${bulkRunId} AND p."operation" = 'bulk.start' AND p."state" = 'run' AND d."kind" = 'approved'`;
  if (!decision) throw new AppError("FORBIDDEN", { userMessage: "No second person has agreed to this bulk run." });
  return decision.id;
}

type OwnStep = "bulk.markReady" | "bulk.finish" | "bulk.stop";

async function asSystem(name: OwnStep, run: { targetId: string; input: Record<string, unknown>; reason?: string }): Promise<void> {
  await runAsSystem("Bulk run", name, run).catch((error: unknown) => {
    // Another worker was first.
    if (!(error instanceof AppError) || error.code !== "CONFLICT") throw error;
  });
}
