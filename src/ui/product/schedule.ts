import { plural } from "#lib/text.ts";

export type Schedule = {
  scheduleKind: "interval" | "cron";
  intervalSeconds: number;
  graceSeconds: number;
  cron: string | null;
  timeZone: string | null;
};

const units = [
  ["week", 7 * 86_400],
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
] as const;

/** "Every 15 minutes, 5 minutes of grace"; "Cron 30 2 * * 1-5 in Europe/Berlin, 1 hour of grace". */
export function describeSchedule({ scheduleKind, intervalSeconds, graceSeconds, cron, timeZone }: Schedule): string {
  const times = scheduleKind === "cron" ? `Cron ${cron} in ${timeZone}` : `Every ${describeSeconds(intervalSeconds).replace(/^1 /, "")}`;
  return `${times}, ${graceSeconds === 0 ? "no grace" : `${describeSeconds(graceSeconds)} of grace`}`;
}

/** "Mon 23 Nov 2026, 02:30" by the clocks of this zone. */
export function formatInZone(date: Date, timeZone: string): string {
  const format = new Intl.DateTimeFormat("en-GB", {
    timeZone,
    weekday: "short",
    day: "numeric",
    month: "short",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  });
  const parts = Object.fromEntries(format.formatToParts(date).map(({ type, value }) => [type, value]));
  return `${parts.weekday} ${parts.day} ${parts.month} ${parts.year}, ${parts.hour}:${parts.minute}`;
}

/** In the largest unit that leaves no rest. */
function describeSeconds(seconds: number): string {
  const [unit, size] = units.find(([, size]) => seconds % size === 0) ?? ["second", 1];
  return plural(seconds / size, unit);
}
