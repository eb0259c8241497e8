const [second, minute, hour] = [1, 60, 3_600];

/** How long to wait after each attempt that failed: ten attempts in not quite three days. */
const waits = [10 * second, minute, 5 * minute, 30 * minute, 2 * hour, 6 * hour, 12 * hour, 24 * hour, 24 * hour];

export const mostAttempts = waits.length + 1;

/** When to try again after this many attempts; null when that was the last one. */
export function nextTry(attempts: number, now: Date): Date | null {
  const seconds = waits[attempts - 1];
  return seconds === undefined ? null : new Date(now.getTime() + seconds * 1_000);
}
