import type { BulkItem, BulkRun } from "#generated/prisma/client.ts";
import { procedureContext } from "#router/procedure-context.ts";
import { getOperation } from "#router/registry.ts";
import type { SignedInContext } from "#server/actor.ts";
import { requesterContext } from "#server/approvals/requester.ts";
import { BulkInterrupted } from "#server/bulk/permit.ts";
import { writer } from "#server/db.ts";
import { AppError } from "#server/errors.ts";
import { log } from "#server/log.ts";
import { previewOperation, runOperation } from "#server/run-operation.ts";
import { toAppError } from "#server/to-app-error.ts";

type Step = { run: BulkRun; item: BulkItem; context: SignedInContext; approvalId: string };

/** What it would do to one target, as its requester. */
export async function prepareItem({ run, item, context }: Step): Promise<void> {
  const operation = getOperation(run.operation);
  const request = { operation, context, ability: procedureContext(context).ability, envelope: envelopeOf(run, item) };
  // Only what nobody has prepared meanwhile: another worker may have taken over.
  const where = { bulkRunId: run.id, position: item.position, state: "waiting" as const, hash: null };
  try {
    const { hash, summary, targetLabel, amount } = await previewOperation(request);
    await writer().bulkItem.updateMany({
      where,
      data: { hash, summary, targetLabel, amount: amount?.amount ?? null, currency: amount?.currency ?? null },
    });
  } catch (thrown) {
    await writer().bulkItem.updateMany({ where, data: { state: "refused", message: sentenceOf(thrown) } });
  }
}

/** Does to one target what was agreed to; what went wrong with it stands beside it. */
export async function runItem({ run, item, context, approvalId }: Step): Promise<void> {
  const operation = getOperation(run.operation);
  const { ability } = procedureContext(context);
  const bulk = { bulkRunId: run.id, position: item.position, hash: item.hash ?? "", approvalId };
  try {
    await runOperation({ operation, context, ability, envelope: envelopeOf(run, item), bulk });
  } catch (thrown) {
    if (thrown instanceof BulkInterrupted) throw thrown;
    await requireSameRoles(run, context);
    const message = sentenceOf(thrown);
    await writer().bulkItem.updateMany({
      where: { bulkRunId: run.id, position: item.position, state: "waiting" },
      data: { state: "failed", message },
    });
  }
}

/** One who lost a role does not fail target by target: the run stops. Throws FORBIDDEN then. */
async function requireSameRoles(run: BulkRun, { requestId, actor }: SignedInContext): Promise<void> {
  const { actor: now } = await requesterContext(run, { requestId });
  if (now.type === "staff" && actor.type === "staff" && actor.roles.every((role) => now.roles.includes(role))) return;
  throw notAnyMore();
}

export function notAnyMore(): AppError {
  return new AppError("FORBIDDEN", { userMessage: "Whoever asked for this may not do it any more." });
}

/** Why a target is left out. What passes by itself is thrown, so that the queue tries again; a fault of ours costs its target only. */
function sentenceOf(thrown: unknown): string {
  const error = toAppError(thrown);
  if (["UNAVAILABLE", "OUTCOME_UNKNOWN", "TOO_SLOW"].includes(error.code)) throw error;
  if (error.status >= 500) log.error({ err: error }, "a target of a bulk run failed");
  return error.userMessage;
}

function envelopeOf({ input, reason, ticket }: BulkRun, { targetId }: BulkItem) {
  return { targetId, input, reason, ticket: ticket ?? undefined };
}
