import { submitProposal } from "./approvals/submit.ts";
import { attempt, RolledBack } from "./attempt.ts";
import { hashPreview, normalizeChanges, readChanges } from "./audit/changes.ts";
import { requireConsent } from "./consent.ts";
import { inAuditScope } from "./db.ts";
import { describeEffects, type Effect, enqueue } from "./effects/effect.ts";
import { AppError } from "./errors.ts";
import type { OperationRequest, Prepared, Preview, RunResult, Settle } from "./run.ts";

/** Runs the operation for real, in a transaction that is rolled back, and says what would have changed. */
export async function previewOperation(request: OperationRequest): Promise<Preview> {
  return attempt(request, async (prepared) => {
    const { preview } = await perform(prepared, { preview: true });
    throw new RolledBack(preview);
  }).catch((error: unknown) => {
    if (error instanceof RolledBack) return error.preview;
    throw error;
  });
}

/**
 * THE way to change data: parse → load the target within reach (NOT_FOUND) → authorize on the row (FORBIDDEN) →
 * confirmation, or a second person's approval → run, with its event, in one transaction. A proposal runs only if it
 * would still do exactly what its preview showed (else STALE_PREVIEW, and nothing is done); above a limit it waits for
 * a second person instead. Denials and failures are audited as well.
 */
export async function runOperation(request: OperationRequest): Promise<RunResult> {
  const { once, context, operation, envelope } = request;
  return attempt(request, async (prepared) => {
    const { approvalReasons } = prepared;
    const settle = await requireConsent(prepared, request);
    const { eventId, output, preview } = await perform(prepared, { preview: settle !== null, settle });
    await once?.after(prepared.db, output);
    if (approvalReasons.length > 0 && settle) throw new RolledBack(preview);
    if (approvalReasons.length > 0) throw new AppError("OVER_LIMIT", { userMessage: explainLimit(approvalReasons) });
    return { eventId, summary: preview.summary, output, next: operation.next?.(output) ?? null, awaitsApproval: false };
  }).catch(async (error: unknown) => {
    if (!(error instanceof RolledBack)) throw error;
    const { preview } = error;
    const eventId = await submitProposal({ context, operation, proposalId: envelope.proposalId ?? "", preview });
    return { eventId, summary: preview.summary, output: undefined, next: null, awaitsApproval: true };
  });
}

function explainLimit(reasons: readonly string[]): string {
  return `${reasons.join(" ")} A second person has to agree: prepare it in the staff area, and ask there.`;
}

async function perform(
  { db, operation, context, envelope, input, target, event, approvalReasons }: Prepared,
  { preview, settle }: { preview: boolean; settle?: Settle | null },
) {
  return inAuditScope(db, event, async (eventId) => {
    const { reason = null, ticket = null } = envelope;
    const effects: Effect[] = [];
    const effect = (wanted: Effect) => void effects.push(wanted);
    const consequences = preview ? ((await operation.consequences?.({ input, target, db })) ?? []) : [];
    const output: unknown = await operation.run({ db, target, input, context, reason, ticket, eventId, effect });
    const changes = preview ? normalizeChanges(await readChanges(db, eventId)) : [];
    const words = preview ? describeEffects(effects, context) : [];
    const hash = preview ? hashPreview({ operation: operation.name, target, input, reason, ticket, changes, effects: words }) : "";
    if (settle) await settle({ hash, eventId });
    // A preview leaves the queue alone; a run that follows one does not.
    if (!preview || settle) await enqueue(db, effects, { context, eventId, organizationId: event.organizationId ?? null });
    const result: Preview = {
      targetId: target.id,
      targetLabel: event.target?.label ?? target.id,
      organizationId: event.organizationId ?? null,
      input,
      reason,
      ticket,
      undoOf: envelope.undoOf ?? null,
      summary: event.summary,
      consequences,
      effects: words,
      changes,
      amount: (await operation.amount?.({ input, target, db })) ?? null,
      approvalReasons,
      hash,
    };
    return { eventId, output, preview: result };
  });
}
