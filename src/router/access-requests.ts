import { standingOf, standingWords } from "#domain/support-access.ts";
import { accessRequestColumns } from "#server/targets/access-request.ts";
import { organization } from "#server/targets/select.ts";

/** What staff and customers both see of a request for access. */
export const accessRequestSelect = {
  ...accessRequestColumns,
  createdAt: true,
  answeredByLabel: true,
  user: { select: { id: true, name: true } },
  organization,
} as const;

/** The request and how it stands by now, also in words. */
export function withStanding<Row extends Parameters<typeof standingOf>[0]>(row: Row) {
  const standing = standingOf(row);
  return { ...row, standing, standingWords: standingWords[standing] };
}
