import { approvalEvent, recordApproval, requireApprover } from "./approvals/approval.ts";
import { holdBulkItem, settleBulkItem } from "./bulk/permit.ts";
import { checkConfirmation } from "./confirmation.ts";
import { inAuditScope } from "./db.ts";
import { findPhrase } from "./phrase.ts";
import { closeProposal, openProposal } from "./proposal-state.ts";
import type { OperationRequest, Prepared, Settle } from "./run.ts";

type Given = Pick<OperationRequest, "approval" | "bulk">;

/** Somebody's word that this may run: a second person's, for it or for the bulk run around it, or the requester's own. Throws without one. */
export function requireConsent(prepared: Prepared, { approval, bulk }: Given): Promise<Settle | null> {
  if (bulk) return permit(prepared, bulk);
  return approval ? agree(prepared, approval) : confirm(prepared);
}

async function agree(
  { db, envelope, operation, context, target, event }: Prepared,
  approval: NonNullable<Given["approval"]>,
): Promise<Settle> {
  const proposal = await openProposal(db, { id: envelope.proposalId ?? "", operation, context, envelope, state: "awaitingApproval" });
  await requireApprover(db, { approval, operation, target, proposal });
  const decide = (eventId: string) => recordApproval(db, { approval, proposal, run: event, eventId });
  event.approvalId = await inAuditScope(db, approvalEvent(approval, proposal.id, event), decide);
  return (done) => closeProposal(db, { proposal, ...done });
}

async function permit({ db, context, event }: Prepared, bulk: NonNullable<Given["bulk"]>): Promise<Settle> {
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
