import { z } from "zod";
import { readsPersonalData } from "#domain/roles.ts";
import { maskPersonal } from "#lib/mask.ts";
import { text } from "#lib/text.ts";
import { mayOn } from "#server/ability.ts";
import type { StaffActor } from "#server/actor.ts";
import { approveProposal } from "#server/approvals/approve.ts";
import { mayApprove } from "#server/approvals/approvers.ts";
import type { Change } from "#server/audit/changes.ts";
import { reader } from "#server/db.ts";
import { AppError } from "#server/errors.ts";
import type { AnyOperation } from "#server/operation.ts";
import { maySeePersonalData } from "#server/personal-data.ts";
import { findPhrase } from "#server/phrase.ts";
import { runProposal } from "#server/proposals.ts";
import { type TargetType, targets } from "#server/targets.ts";
import { type ProcedureContext, router, signedInProcedure, staffProcedure } from "#server/trpc.ts";
import { findFormDraft } from "../form-drafts.ts";
import { procedureContext } from "../procedure-context.ts";
import { getOperation } from "../registry.ts";
import { approvalLists } from "./approval-lists.ts";

const id = z.strictObject({ id: text({ max: 64 }) });
const shown = id.extend({ draft: text({ max: 64 }).optional() });

export const proposalsRouter = router({
  ...approvalLists,

  /** A proposal with what it would change, and what to type to confirm it; `draft` names this person's refused confirmation. */
  get: staffProcedure.input(shown).query(async ({ ctx, input }) => {
    const { input: _mayHoldPersonalData, ...proposal } = await findProposal(input.id);
    const operation = getOperation(proposal.operation);
    const { find, path } = targets[proposal.targetType as TargetType];
    const [requester, target, refused, decision, history] = await Promise.all([
      reader().staffMember.findUnique({ where: { id: proposal.requesterId }, select: { name: true } }),
      find(reader(), { id: proposal.targetId } as never),
      findFormDraft(input.draft, ctx.actor.id),
      reader().proposalDecision.findUnique({ where: { proposalId: proposal.id } }),
      findHistory(proposal.id),
    ]);
    const mine = proposal.requesterId === ctx.actor.id;
    return {
      ...proposal,
      changes: proposal.changes as Change[],
      title: operation.title,
      risk: operation.risk,
      requesterLabel: requester?.name ?? "a customer",
      mine,
      expired: (proposal.state === "draft" || proposal.state === "awaitingApproval") && proposal.expiresAt < new Date(),
      decision,
      history,
      whyNotApprove: mine ? "It is your own request: it takes a second person." : whyNotApprove(ctx, operation, target),
      phrase: target && operation.risk !== "routine" ? await phraseFor(ctx.actor, operation, target) : null,
      targetPath: target ? path(target as never) : null,
      refusal: refused?.error ?? null,
    };
  }),

  /** The proposals that this person prepared and has not run. */
  mine: staffProcedure.query(({ ctx }) =>
    reader().proposal.findMany({
      where: { requesterId: ctx.actor.id, state: "draft", expiresAt: { gt: new Date() } },
      orderBy: { id: "desc" },
      take: 10,
      select: { id: true, summary: true, createdAt: true, expiresAt: true },
    }),
  ),

  /** A second person agrees: what was shown runs, in its requester's name. */
  approve: signedInProcedure
    .input(id.extend({ comment: text({ min: 0, max: 500, lines: true }).optional() }))
    .mutation(async ({ ctx, input }) => {
      const proposal = await findProposal(input.id);
      return approveProposal({
        operation: getOperation(proposal.operation),
        context: ctx,
        ability: ctx.ability,
        proposal,
        comment: input.comment || null,
        abilityOf: (context) => procedureContext(context).ability,
      });
    }),

  confirm: signedInProcedure.input(id.extend({ confirmation: text({ min: 0, max: 300 }).optional() })).mutation(async ({ ctx, input }) => {
    const proposal = await findProposal(input.id);
    return runProposal({
      operation: getOperation(proposal.operation),
      context: ctx,
      ability: ctx.ability,
      proposal,
      confirmation: input.confirmation,
    });
  }),
});

/** What to type; hidden from those who have not revealed it, who know it from the customer, or ask to see it. */
async function phraseFor(actor: StaffActor, operation: AnyOperation, target: { id: string }): Promise<string> {
  const { words, belongsTo } = await findPhrase(reader(), operation, target);
  if (belongsTo === undefined) return words;
  const clear = belongsTo ? await maySeePersonalData(actor, belongsTo) : readsPersonalData(actor.roles);
  return clear ? words : maskPersonal(words);
}

async function findProposal(proposalId: string) {
  const proposal = await reader().proposal.findUnique({ where: { id: proposalId } });
  if (!proposal) throw new AppError("NOT_FOUND", { userMessage: "There is no such proposal." });
  return proposal;
}

/** Why this person may not agree to it, in a sentence; null where they may. */
function whyNotApprove(
  { actor, ability }: ProcedureContext & { actor: StaffActor },
  operation: AnyOperation,
  target: object | null,
): string | null {
  if (!target) return "What it was about is gone.";
  if (!mayApprove(operation, actor.roles) || !mayOn(ability, operation.name, operation.target as TargetType, target as never))
    return "You may not agree to this: it takes operations, and the right to do it yourself.";
  const carried = operation.carries && getOperation(operation.carries(target));
  if (carried && !ability.can(carried.name, carried.target))
    return `You may not agree to this: you may not do “${carried.title}” yourself.`;
  return actor.impersonating ? "End your impersonation first: nobody agrees to anything from within one." : null;
}

/** What was said and decided about a proposal, in order. */
function findHistory(proposalId: string) {
  return reader().auditEvent.findMany({
    where: { targetId: proposalId, outcome: "succeeded" },
    orderBy: [{ at: "asc" }, { id: "asc" }],
    take: 100,
    select: { id: true, at: true, operation: true, actorLabel: true, reason: true },
  });
}
