/** What an API key may do: scope → in words. */
export const apiScopes = {
  "monitors:read": "See monitors and their state",
  "monitors:write": "Create, change, pause, resume and delete monitors, and see their ping addresses",
  "pings:read": "See the pings that monitors received",
} as const;

export type ApiScope = keyof typeof apiScopes;
export const apiScopeNames = Object.keys(apiScopes) as ApiScope[];
