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
