import { z } from "zod";
import { decide, whyNotWaiting } from "#server/approvals/decide.ts";
import { defineOperation } from "#server/operation.ts";

export const proposalWithdraw = defineOperation({
  name: "proposal.withdraw",
  title: "Withdraw",
  description: "Takes back what you asked a second person for. Nothing is done.",
  target: "Proposal",
  allow: { viewer: true },
  risk: "routine",
  input: z.strictObject({}),
  unavailable: whyNotWaiting,
  summary: ({ target }) => `Withdraw: ${target.summary}`,
  next: ({ proposalId }) => `/admin/proposals/${proposalId}`,
  async run({ db, target, context, reason }) {
    await decide(db, { kind: "withdrawn", proposal: target, context, comment: reason });
    return { proposalId: target.id };
  },
});
