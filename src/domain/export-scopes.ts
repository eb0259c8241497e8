/** What a data export holds: scope → in words. The organization itself is always in it. */
export const exportScopes = {
  people: "Members and invitations",
  monitors: "Monitors",
  pings: "Pings, as far back as they are kept",
  integrations: "API keys and webhooks, without their secrets",
  invoices: "Invoices",
  audit: "Audit events of the organization",
} as const;

export type ExportScope = keyof typeof exportScopes;
export const exportScopeNames = Object.keys(exportScopes) as ExportScope[];

/** How long the file is kept. */
export const exportDays = 7;
/** How long a member of the staff who asked for it may have it. */
export const exportHoursForStaff = 24;
const hour = 60 * 60 * 1_000;

type Prepared = { readyAt: Date | null; expiresAt: Date | null };

/** Until when a member of the staff who asked for it may have the file; null where there is none. */
export function expiresForStaff({ readyAt, expiresAt }: Prepared): Date | null {
  if (!readyAt || !expiresAt) return null;
  return new Date(Math.min(readyAt.getTime() + exportHoursForStaff * hour, expiresAt.getTime()));
}
