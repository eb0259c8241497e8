import { plural } from "#lib/text.ts";

const units = [
  ["week", 7 * 86_400],
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
] as const;

/** "Every 15 minutes, 5 minutes of grace". */
export function describeSchedule({ intervalSeconds, graceSeconds }: { intervalSeconds: number; graceSeconds: number }): string {
  const interval = describeSeconds(intervalSeconds).replace(/^1 /, "");
  return `Every ${interval}, ${graceSeconds === 0 ? "no grace" : `${describeSeconds(graceSeconds)} of grace`}`;
}

/** In the largest unit that leaves no rest. */
function describeSeconds(seconds: number): string {
  const [unit, size] = units.find(([, size]) => seconds % size === 0) ?? ["second", 1];
  return plural(seconds / size, unit);
}
