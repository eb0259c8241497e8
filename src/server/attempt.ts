import { Prisma } from "#generated/prisma/client.ts";
import { type AppAbility, mayOn } from "./ability.ts";
import { approvalEvent } from "./approvals/approval.ts";
import { requireRequesterEntitled } from "./approvals/requester.ts";
import { holdBudgets, whyApproval } from "./approvals/why-approval.ts";
import type { EventInput } from "./audit/event.ts";
import { BulkInterrupted } from "./bulk/permit.ts";
import { explainClosed } from "./closure.ts";
import { type Transaction, transaction } from "./db.ts";
import { describeEnvelope, parseEnvelope } from "./envelope.ts";
import { AppError } from "./errors.ts";
import { clientFor, holdSeat, refuseWhileImpersonating } from "./impersonation-rules.ts";
import { flushViews } from "./impersonation-views.ts";
import { inTurn } from "./in-turn.ts";
import type { AnyOperation } from "./operation.ts";
import { reach } from "./reach.ts";
import { recordRefusal } from "./record-refusal.ts";
import { AnsweredBefore } from "./repeated-request.ts";
import { confined } from "./request-scope.ts";
import type { OperationRequest, Prepared, Preview } from "./run.ts";
import { requireStillEntitled } from "./still-entitled.ts";
import { type TargetType, targets } from "./targets.ts";
import { toAppError } from "./to-app-error.ts";
import { requireUndoable } from "./undo.ts";

/** Thrown to end an attempt without a change and without a refusal. */
export class RolledBack extends Error {
  readonly preview: Preview;
  constructor(preview: Preview) {
    super("A preview is rolled back.");
    this.preview = preview;
  }
}

/**
 * Does the work in one transaction, for a request that is parsed, within reach and permitted on the row. Whatever is
 * thrown rolls back, is recorded as a denial or a failure, and is thrown on as an AppError.
 */
export function attempt<Result>(request: OperationRequest, work: (prepared: Prepared) => Promise<Result>): Promise<Result> {
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
      if (envelope.undoOf) await requireUndoable(db, { undoOf: envelope.undoOf, operation, targetId: target.id, input });
      if (envelope.undoOf) event.metadata = { undoOf: envelope.undoOf };
      event.summary = operation.summary({ input, target });
      const { organizationId = null } = event;
      if (agreed && operation.amount) await holdBudgets(db, { staffMemberId: context.actor.id, organizationId });
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
