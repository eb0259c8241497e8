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
