import { proposalDecided } from "#domain/mails/proposal-decided.ts";
import type { Proposal } from "#generated/prisma/client.ts";
import type { AppAbility } from "../ability.ts";
import type { Context, SignedInContext } from "../actor.ts";
import { transaction, writer } from "../db.ts";
import { enqueue } from "../effects/effect.ts";
import { mail } from "../effects/mail.ts";
import { AppError } from "../errors.ts";
import type { AnyOperation } from "../operation.ts";
import { stateSentences } from "../proposal-state.ts";
import { envelopeOf, propose } from "../proposals.ts";
import type { RunResult } from "../run.ts";
import { runOperation } from "../run-operation.ts";
import { requesterContext } from "./requester.ts";

type Approving = {
  operation: AnyOperation;
  context: SignedInContext;
  ability: AppAbility;
  proposal: Proposal;
  comment: string | null;
  /** What somebody may do: known outside of the kernel. */
  abilityOf: (context: Context) => AppAbility;
};

/**
 * A second person agrees, and what was shown runs in its requester's name, in one transaction with the decision. If it
 * would not do that any more, nothing happens, and it goes back to the requester as a fresh preview: STALE_PREVIEW.
 */
export async function approveProposal({ operation, context, ability, proposal, comment, abilityOf }: Approving): Promise<RunResult> {
  if (proposal.state !== "awaitingApproval") throw new AppError("CONFLICT", { userMessage: stateSentences[proposal.state] });
  const requester = await requesterContext(proposal, context);
  const { id } = proposal;
  const envelope = envelopeOf(proposal);
  const request = { operation, context: requester, ability: abilityOf(requester) };
  try {
    return await runOperation({ ...request, envelope: { ...envelope, proposalId: id }, approval: { context, ability, comment } });
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== "STALE_PREVIEW") throw error;
    const { proposalId } = await propose({ ...request, envelope });
    await sendBack({ proposal, freshId: proposalId, requester });
    throw new AppError("STALE_PREVIEW", {
      userMessage: "Something changed since this was asked for. Nothing was done; it went back to its requester with a fresh preview.",
      details: { proposalId },
    });
  }
}

function sendBack({ proposal, freshId, requester }: { proposal: Proposal; freshId: string; requester: SignedInContext }): Promise<void> {
  return transaction(async (db) => {
    const where = { id: proposal.id, state: "awaitingApproval" as const };
    const { count } = await db.proposal.updateMany({ where, data: { state: "superseded", supersededById: freshId } });
    if (count === 0 || requester.actor.type !== "staff") return;
    const to = { email: requester.actor.email, name: requester.actor.label };
    const data = { proposalId: freshId, summary: proposal.summary, decision: "stale" as const, deciderName: "", comment: null };
    await enqueue(db, [mail(proposalDecided, { to, data })], {
      context: requester,
      eventId: proposal.id,
      organizationId: proposal.organizationId,
    });
  }, writer());
}
