import { approvalRequested } from "#domain/mails/approval-requested.ts";
import type { SignedInContext } from "../actor.ts";
import { audited } from "../db.ts";
import { enqueue } from "../effects/effect.ts";
import { mail } from "../effects/mail.ts";
import { AppError } from "../errors.ts";
import type { AnyOperation } from "../operation.ts";
import { stateSentences } from "../proposal-state.ts";
import type { Preview } from "../run.ts";
import { findApprovers } from "./approvers.ts";

type Submitted = { context: SignedInContext; operation: AnyOperation; proposalId: string; preview: Preview };

/** From now on a confirmed proposal waits for a second person; those who can agree get a mail. Answers the event that says so. */
export function submitProposal({ context, operation, proposalId, preview }: Submitted): Promise<string> {
  const { summary, organizationId, reason, ticket, targetId, targetLabel, approvalReasons } = preview;
  const event = {
    context,
    operation: operation.name,
    outcome: "pending" as const,
    summary: `Ask for approval: ${summary}`,
    target: { type: operation.target, id: targetId, label: targetLabel },
    organizationId,
    reason,
    ticket,
    metadata: { proposalId, why: approvalReasons },
  };
  return audited(event, async (db, eventId) => {
    const { actor } = context;
    const submitted = await db.$executeRaw`
      UPDATE "Proposal" SET "state" = 'awaitingApproval', "submittedAt" = now(), "approvalReasons" = ${approvalReasons}::text[],
        "requesterSessionId" = ${actor.type === "staff" ? actor.sessionId : null}, "requesterIp" = ${context.sourceIp}
      WHERE "id" = ${proposalId} AND "state" = 'draft' AND "requesterId" = ${actor.id} AND "expiresAt" > now()`;
    if (submitted !== 1) throw new AppError("CONFLICT", { userMessage: stateSentences.awaitingApproval });
    const data = { proposalId, summary, requesterName: actor.label, reason: reason ?? "", why: approvalReasons };
    const mails = (await findApprovers(db, { operation, requesterId: actor.id })).map((to) => mail(approvalRequested, { to, data }));
    await enqueue(db, mails, { context, eventId, organizationId });
    return eventId;
  });
}
