import { z } from "zod";
import { proposalDecided } from "#domain/mails/proposal-decided.ts";
import { decide, whyNotWaiting } from "#server/approvals/decide.ts";
import { mail } from "#server/effects/mail.ts";
import { defineOperation } from "#server/operation.ts";

export const proposalReject = defineOperation({
  name: "proposal.reject",
  title: "Reject",
  description: "Nothing is done, and whoever asked for it is told why.",
  target: "Proposal",
  allow: { operations: true },
  risk: "routine",
  input: z.strictObject({}),
  unavailable: whyNotWaiting,
  summary: ({ target }) => `Reject: ${target.summary}`,
  next: ({ proposalId }) => `/admin/proposals/${proposalId}`,
  async run({ db, target, context, reason, effect }) {
    const { requester } = await decide(db, { kind: "rejected", proposal: target, context, comment: reason });
    const data = { proposalId: target.id, summary: target.summary, deciderName: context.actor.label, comment: reason };
    effect(mail(proposalDecided, { to: requester, data: { ...data, decision: "rejected" } }));
    return { proposalId: target.id };
  },
});
