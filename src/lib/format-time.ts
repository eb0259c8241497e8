const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** "21 Nov 2026, 13:05 UTC": the same text for everybody, wherever they and the server are. */
export function formatTime(date: Date): string {
  const time = date.toISOString().slice(11, 16);
  return `${formatDay(date)}, ${time} UTC`;
}

/** "21 Nov 2026", in UTC. */
export function formatDay(date: Date): string {
  return `${date.getUTCDate()} ${months[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
}

/** "3 hours ago", "in 6 days". Whole units, rounded down, so that it never promises more than there is. */
export function formatAge(date: Date, now = new Date()): string {
  const difference = date.getTime() - now.getTime();
  const duration = formatDuration(Math.abs(difference));
  if (!duration) return difference > 0 ? "in a moment" : "just now";
  return difference > 0 ? `in ${duration}` : `${duration} ago`;
}

/** "1 minute", "2 hours": how long to wait, rounded up, so that nobody comes back too early. */
export function formatWait(until: Date, now = new Date()): string {
  const minutes = Math.max(1, Math.ceil((until.getTime() - now.getTime()) / minute));
  if (minutes < 60) return count(minutes, "minute");
  const hours = Math.ceil(minutes / 60);
  return hours < 48 ? count(hours, "hour") : count(Math.ceil(hours / 24), "day");
}

function formatDuration(milliseconds: number): string | null {
  if (milliseconds < minute) return null;
  if (milliseconds < hour) return count(milliseconds / minute, "minute");
  if (milliseconds < 2 * day) return count(milliseconds / hour, "hour");
  if (milliseconds < 60 * day) return count(milliseconds / day, "day");
  if (milliseconds < 730 * day) return count(milliseconds / (30.44 * day), "month");
  return count(milliseconds / (365.25 * day), "year");
}

function count(exact: number, unit: string): string {
  const whole = Math.floor(exact);
  return `${whole} ${unit}${whole === 1 ? "" : "s"}`;
}
