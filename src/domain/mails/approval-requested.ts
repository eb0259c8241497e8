import { defineMail } from "./mail.ts";

type Data = { proposalId: string; summary: string; requesterName: string; reason: string; why: string[] };

/** To staff who can agree to it. */
export const approvalRequested = defineMail({
  name: "approvalRequested",
  whileImpersonating: "allow",
  write: ({ proposalId, summary, requesterName, reason, why }: Data) => ({
    subject: `${requesterName} asks for your approval`,
    paragraphs: [`${summary}.`, `Reason: ${reason}`, ...why, "Without an answer it ends a day after it was prepared, and nothing is done."],
    action: { label: "Look at it", path: `/admin/proposals/${proposalId}` },
  }),
});
