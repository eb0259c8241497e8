import { defineMail } from "./mail.ts";

type Data = {
  proposalId: string;
  summary: string;
  decision: "approved" | "rejected" | "stale";
  deciderName: string;
  comment: string | null;
};

const words = { approved: "approved", rejected: "rejected", stale: "needs another look" } as const;

/** To the staff member who had asked. */
export const proposalDecided = defineMail({
  name: "proposalDecided",
  whileImpersonating: "allow",
  write: ({ proposalId, summary, decision, deciderName, comment }: Data) => ({
    subject: `Your request ${decision === "stale" ? words.stale : `was ${words[decision]}`}`,
    paragraphs: [
      `${summary}.`,
      decision === "stale"
        ? "Something changed since you asked, so nothing was done. There is a fresh preview for you to confirm."
        : `${deciderName} ${words[decision]} it${decision === "approved" ? ", and it was carried out" : "; nothing was done"}.`,
      ...(comment ? [`They say: ${comment}`] : []),
    ],
    action: { label: decision === "stale" ? "See the fresh preview" : "See it", path: `/admin/proposals/${proposalId}` },
  }),
});
