import type { SupportAccess } from "#generated/prisma/enums.ts";

/** What an organization's owner chooses, and what it means, in words for customers and for staff. */
export const supportAccessChoices = {
  allowed: {
    title: "Allowed and logged",
    meaning: "Our support may view your organization to help you. Each access needs a reason and a ticket, and is listed here.",
    forStaff: "allows access: it is logged, and they see it.",
  },
  openTicket: {
    title: "Only with an open ticket",
    meaning: "Our support may view it only while one of your own support cases is open, and names that case.",
    forStaff: "allows access only with an open ticket of theirs: give the number of one of their open support cases.",
  },
  askFirst: {
    title: "Ask me first",
    meaning: "Our support asks, and an owner or admin allows one person for a limited time. Without an answer nobody gets in.",
    forStaff: "wants to be asked first: you get in only after one of their owners or admins has allowed it.",
  },
} as const satisfies Record<SupportAccess, { title: string; meaning: string; forStaff: string }>;

export const supportAccessNames = Object.keys(supportAccessChoices) as SupportAccess[];

/** How long a customer's word is good. */
export const consentDurations = {
  hour: { title: "for 1 hour", hours: 1 },
  day: { title: "for 1 day", hours: 24 },
  week: { title: "for 7 days", hours: 168 },
} as const;

export type ConsentDuration = keyof typeof consentDurations;
export const consentDurationNames = Object.keys(consentDurations) as ConsentDuration[];

export type AccessRequestFacts = { state: "pending" | "allowed" | "refused" | "withdrawn"; expiresAt: Date; allowedUntil: Date | null };
export type AccessRequestStanding = "pending" | "unanswered" | "allowed" | "over" | "refused" | "withdrawn";

/** What a request is worth at this moment: silence is a refusal, and a word has an end. */
export function standingOf({ state, expiresAt, allowedUntil }: AccessRequestFacts, now = new Date()): AccessRequestStanding {
  if (state === "pending") return expiresAt > now ? "pending" : "unanswered";
  if (state === "allowed") return allowedUntil && allowedUntil > now ? "allowed" : "over";
  return state;
}

export const standingWords: Record<AccessRequestStanding, string> = {
  pending: "waits for an answer",
  unanswered: "was not answered in time",
  allowed: "is allowed",
  over: "was allowed, and the time is over",
  refused: "was refused",
  withdrawn: "was withdrawn by our staff",
};
