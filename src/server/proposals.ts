import type { Proposal } from "#generated/prisma/client.ts";
import type { InputJsonValue } from "#generated/prisma/internal/prismaNamespace.ts";
import type { AppAbility } from "./ability.ts";
import type { SignedInContext } from "./actor.ts";
import { recordEvent, writer } from "./db.ts";
import type { Envelope } from "./envelope.ts";
import { AppError } from "./errors.ts";
import { type AnyOperation, hasSecretInput } from "./operation.ts";
import type { OperationRequest, Preview, RunResult } from "./run.ts";
import { previewOperation, runOperation } from "./run-operation.ts";

/** Previews an operation and stores it at a URL of its own, where colleagues read it: for staff, and never with a secret. */
export async function propose(request: OperationRequest): Promise<{ proposalId: string; preview: Preview }> {
  await refuseUnlessForStaff(request);
  const preview = await previewOperation(request);
  const { operation, context } = request;
  const { id } = await writer().proposal.create({
    data: {
      operation: operation.name,
      targetType: operation.target,
      targetId: preview.targetId,
      targetLabel: preview.targetLabel,
      organizationId: preview.organizationId,
      input: preview.input as InputJsonValue,
      reason: preview.reason ?? "",
      ticket: preview.ticket,
      undoOf: preview.undoOf,
      summary: preview.summary,
      consequences: preview.consequences,
      effects: preview.effects,
      requesterId: context.actor.id,
      approvalReasons: preview.approvalReasons,
      hash: preview.hash,
      changes: preview.changes as InputJsonValue,
    },
    select: { id: true },
  });
  return { proposalId: id, preview };
}

/** What was asked for, as it is asked again. */
export function envelopeOf({ targetId, input, reason, ticket, undoOf }: Proposal): Envelope {
  return { targetId, input, reason: reason || undefined, ticket: ticket ?? undefined, undoOf: undoOf ?? undefined };
}

type Confirmed = {
  operation: AnyOperation;
  context: SignedInContext;
  ability: AppAbility;
  proposal: Proposal;
  confirmation: string | undefined;
};

/** Runs what a proposal showed; if that is no longer what would happen, throws STALE_PREVIEW with the id of a fresh proposal. */
export async function runProposal({ operation, context, ability, proposal, confirmation }: Confirmed): Promise<RunResult> {
  const { id } = proposal;
  const envelope = envelopeOf(proposal);
  const request = { operation, context, ability };
  try {
    return await runOperation({ ...request, envelope: { ...envelope, proposalId: id, confirmation } });
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== "STALE_PREVIEW") throw error;
    const { proposalId } = await propose({ ...request, envelope });
    await writer().proposal.updateMany({ where: { id, state: "draft" }, data: { state: "superseded", supersededById: proposalId } });
    throw new AppError("STALE_PREVIEW", { details: { proposalId } });
  }
}

async function refuseUnlessForStaff({ operation, context }: OperationRequest): Promise<void> {
  if (context.actor.type === "staff" && !context.onBehalfOf && operation.allow && !hasSecretInput(operation)) return;
  await recordEvent({ context, operation: operation.name, outcome: "denied", summary: operation.title, metadata: { code: "FORBIDDEN" } });
  throw new AppError("FORBIDDEN", { userMessage: "Only staff prepare proposals, and only of what staff may do." });
}
