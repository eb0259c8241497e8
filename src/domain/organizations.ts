/** Lower-case words joined by single hyphens; the database checks the same. */
export const slugForm = /^[a-z0-9]+(-[a-z0-9]+)*$/;

/** "Café Zürich & Söhne" → "cafe-zurich-sohne". A name without any such letter gets a word that stands for it. */
export function slugFrom(name: string): string {
  const slug = name
    .normalize("NFKD")
    .toLowerCase()
    .replace(/\p{M}/gu, "")
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, 40)
    .replace(/^-+|-+$/g, "");
  return slug || "organization";
}

const day = 86_400_000;

/**
 * Trials end at the end of a day, in UTC: people understand a date, and a preview made a second later is the same.
 * A trial that has ended is counted from today.
 */
export function trialEnd({ from, days, now = new Date() }: { from: Date | null; days: number; now?: Date }): Date {
  const start = from && from > now ? from : now;
  const end = new Date(start.getTime() + days * day);
  end.setUTCHours(23, 59, 59, 0);
  return end;
}

/** The beginning of the day so many days ago, in UTC. */
export function startOfDayBefore(days: number, now = new Date()): Date {
  const start = new Date(now.getTime() - days * day);
  start.setUTCHours(0, 0, 0, 0);
  return start;
}

/** How many days of trial each role may add at once. */
export const trialExtensionLimits = { support: 14, billing: 30, admin: 90 } as const;
