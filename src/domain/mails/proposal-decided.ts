import { defineMail } from "./mail.ts";

type Data = {
  proposalId: string;
  summary: string;
  decision: "approved" | "rejected" | "stale" | "expired";
  deciderName: string;
  comment: string | null;
};

const subjects = {
  approved: "was approved",
  rejected: "was rejected",
  stale: "needs another look",
  expired: "has expired",
} as const;

const sentences = {
  approved: (decider: string) => `${decider} approved it, and it was carried out.`,
  rejected: (decider: string) => `${decider} rejected it; nothing was done.`,
  stale: () => "Something changed since you asked, so nothing was done. There is a fresh preview for you to confirm.",
  expired: () => "Nobody decided on it within 24 hours, so nothing was done. Prepare it again if it is still wanted.",
} as const;

/** To the staff member who had asked. */
export const proposalDecided = defineMail({
  name: "proposalDecided",
  whileImpersonating: "allow",
  write: ({ proposalId, summary, decision, deciderName, comment }: Data) => ({
    subject: `Your request ${subjects[decision]}`,
    paragraphs: [`${summary}.`, sentences[decision](deciderName), ...(comment ? [`They say: ${comment}`] : [])],
    action: { label: decision === "stale" ? "See the fresh preview" : "See it", path: `/admin/proposals/${proposalId}` },
  }),
});
