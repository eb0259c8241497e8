import { standingOf, standingWords } from "#domain/support-access.ts";

/** What staff and customers both see of a request for access. */
export const accessRequestSelect = {
  id: true,
  organizationId: true,
  userId: true,
  staffMemberId: true,
  staffLabel: true,
  reason: true,
  ticket: true,
  state: true,
  createdAt: true,
  expiresAt: true,
  answeredByLabel: true,
  allowedUntil: true,
  user: { select: { id: true, name: true } },
  organization: { select: { id: true, name: true, slug: true } },
} as const;

/** The request and how it stands by now, also in words. */
export function withStanding<Row extends Parameters<typeof standingOf>[0]>(row: Row) {
  const standing = standingOf(row);
  return { ...row, standing, standingWords: standingWords[standing] };
}
