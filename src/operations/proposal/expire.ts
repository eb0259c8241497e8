import { z } from "zod";
import { proposalDecided } from "#domain/mails/proposal-decided.ts";
import { mail } from "#server/effects/mail.ts";
import { AppError } from "#server/errors.ts";
import { defineOperation } from "#server/operation.ts";
import { stateSentences } from "#server/proposal-state.ts";

export const proposalExpire = defineOperation({
  name: "proposal.expire",
  title: "Note that a request has expired",
  description: "Nobody decided within its time, so it can no longer run; this says so and tells whoever asked for it.",
  target: "Proposal",
  allowSystem: true,
  risk: "routine",
  input: z.strictObject({}),
  unavailable({ state, expiresAt }) {
    if (state !== "awaitingApproval") return stateSentences[state];
    return expiresAt <= new Date() ? null : "It still waits for a second person.";
  },
  summary: ({ target }) => `Nobody decided in time: ${target.summary}`,
  async run({ db, target, effect }) {
    const { id: proposalId, summary, requesterId } = target;
    // Somebody may be deciding just now; by the database's clock, as their decision is.
    const expired = await db.$executeRaw`
      UPDATE "Proposal" SET "state" = 'expired' WHERE "id" = ${proposalId} AND "state" = 'awaitingApproval' AND "expiresAt" <= now()`;
    if (expired !== 1) throw new AppError("CONFLICT", { userMessage: "It was decided in the meantime." });
    const to = await db.staffMember.findUniqueOrThrow({ where: { id: requesterId }, select: { email: true, name: true } });
    const data = { proposalId, summary, decision: "expired" as const, deciderName: "", comment: null };
    effect(mail(proposalDecided, { to, data }));
  },
});
