import { z } from "zod";
import { whyNotWaiting } from "#server/approvals/decide.ts";
import { defineOperation } from "#server/operation.ts";

/** What is said is the reason of its event; nothing else keeps it. */
export const proposalComment = defineOperation({
  name: "proposal.comment",
  title: "Comment",
  description: "Says something about what waits for a second person, for everybody who looks at it. It stays in the audit.",
  target: "Proposal",
  allow: { viewer: true },
  risk: "routine",
  input: z.strictObject({}),
  unavailable: whyNotWaiting,
  summary: ({ target }) => `Comment on: ${target.summary}`,
  next: ({ proposalId }) => `/admin/proposals/${proposalId}`,
  run: ({ target }) => Promise.resolve({ proposalId: target.id }),
});
