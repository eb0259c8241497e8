import { z } from "zod";
import { text } from "#lib/text.ts";
import { mayApprove } from "#server/approvals/approvers.ts";
import { reader } from "#server/db.ts";
import { cutPage, pageSize } from "#server/keyset.ts";
import { staffProcedure } from "#server/trpc.ts";
import { getOperation } from "../registry.ts";

const page = z.strictObject({ after: text({ max: 64 }).optional() });
const listed = {
  id: true,
  operation: true,
  summary: true,
  targetLabel: true,
  requesterId: true,
  reason: true,
  ticket: true,
  approvalReasons: true,
  state: true,
  submittedAt: true,
  expiresAt: true,
} as const;

/** What waits for a second person, and what second people decided. */
export const approvalLists = {
  /** What waits for a second person, the oldest first. */
  waiting: staffProcedure.input(page).query(async ({ ctx, input: { after } }) => {
    const rows = await reader().proposal.findMany({
      where: { state: "awaitingApproval", expiresAt: { gt: new Date() }, ...(after && { id: { gt: after } }) },
      orderBy: { id: "asc" },
      take: pageSize + 1,
      select: listed,
    });
    const { rows: shown, next } = cutPage(rows, ({ id }) => id);
    return {
      rows: (await withRequesters(shown)).map((row) => ({
        ...row,
        mine: row.requesterId === ctx.actor.id,
        mayApprove: row.requesterId !== ctx.actor.id && mayApprove(getOperation(row.operation), ctx.actor.roles),
      })),
      next,
    };
  }),

  /** What second people decided, the latest first. */
  decided: staffProcedure.input(page).query(async ({ input: { after } }) => {
    const decisions = await reader().proposalDecision.findMany({
      where: after ? { id: { lt: after } } : {},
      orderBy: { id: "desc" },
      take: pageSize + 1,
    });
    const { rows: shown, next } = cutPage(decisions, ({ id }) => id);
    const ids = shown.map(({ proposalId }) => proposalId);
    const proposals = await withRequesters(await reader().proposal.findMany({ where: { id: { in: ids } }, select: listed }));
    const byId = new Map(proposals.map((proposal) => [proposal.id, proposal]));
    return {
      rows: shown.flatMap((decision) => {
        const proposal = byId.get(decision.proposalId);
        return proposal ? [{ ...proposal, decision }] : [];
      }),
      next,
    };
  }),
};

async function withRequesters<Row extends { requesterId: string }>(rows: readonly Row[]) {
  const ids = [...new Set(rows.map(({ requesterId }) => requesterId))];
  const people = await reader().staffMember.findMany({ where: { id: { in: ids } }, select: { id: true, name: true } });
  const names = new Map(people.map(({ id, name }) => [id, name]));
  return rows.map((row) => ({ ...row, requesterLabel: names.get(row.requesterId) ?? "somebody" }));
}
