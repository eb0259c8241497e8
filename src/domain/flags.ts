type Flag = { title: string; description: string; default: boolean };

/** What is tried out with some customers before all have it. A flag that everybody has is taken out of the code. */
export const flags = {
  compactMonitorList: {
    title: "Compact list of monitors",
    description: "One line for each monitor, for those who have many.",
    default: false,
  },
} as const satisfies Record<string, Flag>;

export type FlagName = keyof typeof flags;

export const flagNames = Object.keys(flags) as [FlagName, ...FlagName[]];

/** As staff read it, also one that the code knows no more. */
export function flagTitle(name: string): string {
  return Object.hasOwn(flags, name) ? flags[name as FlagName].title : name;
}

export type ShownFlag = {
  name: string;
  title: string;
  enabled: boolean;
  from: "default" | "own" | "expired" | "unknown";
  expiresAt: Date | null;
};

/** Every flag as it is for one organization; of its own rows also those that count no more. */
export function shownFlags(own: readonly { flag: string; enabled: boolean; expiresAt: Date | null }[], now: Date): ShownFlag[] {
  const rows = new Map(own.map((row) => [row.flag, row]));
  const names = [...new Set([...flagNames, ...rows.keys()])];
  return names.map((name) => {
    const row = rows.get(name);
    const title = flagTitle(name);
    if (!Object.hasOwn(flags, name)) return { name, title, enabled: false, from: "unknown", expiresAt: null };
    const byDefault = flags[name as FlagName].default;
    if (!row) return { name, title, enabled: byDefault, from: "default", expiresAt: null };
    const expired = row.expiresAt !== null && row.expiresAt <= now;
    return { name, title, enabled: expired ? byDefault : row.enabled, from: expired ? "expired" : "own", expiresAt: row.expiresAt };
  });
}
