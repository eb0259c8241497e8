import { Prisma } from "#generated/prisma/client.ts";
import { type AppAbility, mayOn } from "./ability.ts";
import type { SignedInContext } from "./actor.ts";
import { type Approval, approvalEvent, recordApproval, requireApprover } from "./approvals/approval.ts";
import { requireRequesterEntitled } from "./approvals/requester.ts";
import { submitProposal } from "./approvals/submit.ts";
import { whyApproval } from "./approvals/why-approval.ts";
import { type Change, hashPreview, normalizeChanges, readChanges } from "./audit/changes.ts";
import type { EventInput } from "./audit/event.ts";
import { BulkInterrupted, type BulkPermit, holdBulkItem, settleBulkItem } from "./bulk/permit.ts";
import { explainClosed } from "./closure.ts";
import { checkConfirmation } from "./confirmation.ts";
import { inAuditScope, type Transaction, transaction } from "./db.ts";
import { describeEffects, type Effect, enqueue } from "./effects/effect.ts";
import { describeEnvelope, type Envelope, type ParsedEnvelope, parseEnvelope } from "./envelope.ts";
import { AppError } from "./errors.ts";
import { clientFor, holdSeat, refuseWhileImpersonating } from "./impersonation-rules.ts";
import { flushViews } from "./impersonation-views.ts";
import { inTurn } from "./in-turn.ts";
import type { Amount, AnyOperation } from "./operation.ts";
import { findPhrase } from "./phrase.ts";
import { closeProposal, openProposal } from "./proposal-state.ts";
import { reach } from "./reach.ts";
import { recordRefusal } from "./record-refusal.ts";
import { AnsweredBefore, type Once } from "./repeated-request.ts";
import { confined } from "./request-scope.ts";
import { requireStillEntitled } from "./still-entitled.ts";
import { type TargetType, targets } from "./targets.ts";
import { toAppError } from "./to-app-error.ts";
import { requireUndoable } from "./undo.ts";

export type OperationRequest = {
  operation: AnyOperation;
  context: SignedInContext;
  ability: AppAbility;
  envelope: Envelope;
  /** Of a proposal that waits for it; the rest of the request is then its requester's. */
  approval?: Approval;
  /** Of a bulk run that a second person agreed to; the context is again its requester's. */
  bulk?: BulkPermit;
  /** Of a program that may ask again because it never heard the answer. */
  once?: Once | undefined;
};

export type Preview = {
  targetId: string;
  targetLabel: string;
  organizationId: string | null;
  input: Record<string, unknown>;
  reason: string | null;
  ticket: string | null;
  undoOf: string | null;
  summary: string;
  consequences: string[];
  /** In words: what would happen outside the database. */
  effects: string[];
  changes: Change[];
  /** The money that it gives, where it gives some. */
  amount: Amount | null;
  /** Why a second person has to agree, a sentence each. */
  approvalReasons: string[];
  hash: string;
};
/** Where a second person has to agree first, nothing is done yet: there is no output, and the event says that it waits. */
export type RunResult = { eventId: string; summary: string; output: unknown; next: string | null; awaitsApproval: boolean };

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
  const { approval, bulk, once, context, operation, envelope } = request;
  return attempt(request, async (prepared) => {
    const { approvalReasons } = prepared;
    const settle = bulk ? await permit(prepared, bulk) : await (approval ? agree(prepared, approval) : confirm(prepared));
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

async function agree({ db, envelope, operation, context, target, event }: Prepared, approval: Approval): Promise<Settle> {
  const proposal = await openProposal(db, { id: envelope.proposalId ?? "", operation, context, envelope, state: "awaitingApproval" });
  await requireApprover(db, { approval, operation, target, proposal });
  const decide = (eventId: string) => recordApproval(db, { approval, proposal, run: event, eventId });
  event.approvalId = await inAuditScope(db, approvalEvent(approval, proposal.id, event), decide);
  return (done) => closeProposal(db, { proposal, ...done });
}

async function permit({ db, context, event }: Prepared, bulk: BulkPermit): Promise<Settle> {
  await holdBulkItem(db, bulk, context);
  event.approvalId = bulk.approvalId;
  event.metadata = { bulkRunId: bulk.bulkRunId };
  return (done) => settleBulkItem(db, bulk, done);
}

async function confirm({ db, envelope, operation, context, target }: Prepared): Promise<Settle | null> {
  const { proposalId: id, confirmation } = envelope;
  const proposal = id ? await openProposal(db, { id, operation, context, envelope, state: "draft" }) : null;
  const phrase = await findPhrase(db, operation, target);
  await checkConfirmation({ db, operation, context, proposal, phrase, confirmation });
  return proposal && ((done) => closeProposal(db, { proposal, ...done }));
}

/** Ends what the run was shown and agreed to as, in its transaction; throws where it would do something else by now. */
type Settle = (done: { hash: string; eventId: string }) => Promise<void>;

type Prepared = {
  db: Transaction;
  operation: AnyOperation;
  context: SignedInContext;
  envelope: ParsedEnvelope;
  input: Record<string, unknown>;
  target: { id: string };
  event: EventInput;
  approvalReasons: string[];
};

class RolledBack extends Error {
  readonly preview: Preview;
  constructor(preview: Preview) {
    super("A preview is rolled back.");
    this.preview = preview;
  }
}

function attempt<Result>(request: OperationRequest, work: (prepared: Prepared) => Promise<Result>): Promise<Result> {
  const { actor, sourceIp } = request.context;
  const attemptConfined = () => confined(request.context, () => attemptNow(request, work));
  if (actor.type === "system") return attemptConfined();
  return inTurn(actor.type === "visitor" ? `visitor ${sourceIp}` : actor.id, attemptConfined);
}

async function attemptNow<Result>(request: OperationRequest, work: (prepared: Prepared) => Promise<Result>): Promise<Result> {
  const { operation, context, ability, approval, bulk } = request;
  const agreed = approval ?? bulk;
  const event: EventInput = {
    context,
    operation: operation.name,
    outcome: "succeeded",
    summary: operation.title,
    organizationId: context.impersonation?.organizationId,
    ...describeEnvelope(request),
  };
  try {
    refuseWhileImpersonating(operation, context);
    const { envelope, input } = parseEnvelope(request);
    const forbidden = () => new AppError("FORBIDDEN", agreed && { userMessage: "Whoever asked for this may not do it any more." });
    if (!ability.can(operation.name, operation.target)) throw forbidden();
    return await transaction(async (db) => {
      await request.once?.before(db);
      const target = await findTarget(db, { operation, ability, id: envelope.targetId, event });
      if (!mayOn(ability, operation.name, operation.target, target as never)) throw forbidden();
      const unavailable = operation.unavailable?.(target);
      if (unavailable) throw new AppError("CONFLICT", { userMessage: unavailable });
      if (agreed) await requireRequesterEntitled(db, context);
      else if (operation.risk !== "routine" || context.impersonation) await requireStillEntitled(db, context);
      await holdSeat(db, operation, context);
      if (envelope.undoOf) await requireUndoable(db, { undoOf: envelope.undoOf, operation: operation.name, targetId: target.id });
      if (envelope.undoOf) event.metadata = { undoOf: envelope.undoOf };
      event.summary = operation.summary({ input, target });
      const { organizationId = null } = event;
      const approvalReasons = agreed ? [] : await whyApproval(db, { operation, input, target, context, organizationId });
      return work({ db, operation, context, envelope, input, target, event, approvalReasons });
    }, clientFor(operation));
  } catch (thrown) {
    if (thrown instanceof RolledBack || thrown instanceof BulkInterrupted || thrown instanceof AnsweredBefore) throw thrown;
    const error = await explainClosed(toAppError(thrown), { operation, context, targetId: event.target?.id ?? "" });
    await recordRefusal(approval ? approvalEvent(approval, request.envelope.proposalId ?? "", event) : event, error);
    throw error;
  } finally {
    if (context.impersonation) await flushViews();
  }
}

async function findTarget(
  db: Transaction,
  { operation, ability, id, event }: { operation: AnyOperation; ability: AppAbility; id: string; event: EventInput },
): Promise<{ id: string }> {
  const type = operation.target as TargetType;
  const { find, lock, label, organizationId } = { lock: undefined, ...targets[type] };
  // Two runs on one target wait for each other here, so that the second sees what the first did.
  if (lock) await lock(db, id);
  else if (type !== "System") await db.$queryRaw`SELECT 1 FROM ${Prisma.raw(`"${type}"`)} WHERE "id" = ${id} FOR NO KEY UPDATE`;
  const target = await find(db, { id, AND: [reach(ability, "read", type)] } as never);
  if (!target) throw new AppError("NOT_FOUND");
  event.target = { type, id, label: label(target as never) };
  event.organizationId = organizationId(target as never);
  return target;
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
      amount: operation.amount?.({ input, target }) ?? null,
      approvalReasons,
      hash,
    };
    return { eventId, output, preview: result };
  });
}
