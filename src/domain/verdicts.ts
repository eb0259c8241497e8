import type { ReviewVerdict } from "#generated/prisma/enums.ts";

/** What a second person found about an impersonation. */
export const verdictTitles = {
  appropriate: "Appropriate",
  needsFollowUp: "Needs follow-up",
  notAppropriate: "Not appropriate",
} as const satisfies Record<ReviewVerdict, string>;

export const verdictNames = Object.keys(verdictTitles) as ReviewVerdict[];
