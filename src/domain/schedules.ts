import { CronDate, CronExpressionParser } from "cron-parser";

/** When a monitored job is expected: so long after its last ping, or at the times of a cron expression in a time zone. */
export type Schedule = { scheduleKind: "interval" | "cron"; intervalSeconds: number; cron: string | null; timeZone: string | null };

const hour = 3_600_000;
const cronForm = /^([0-9a-z*/,?#-]+\s+){4}[0-9a-z*/,?#-]+$/i;
const example = "Write minute, hour, day of month, month and day of week, as in “30 2 * * 1-5”.";

/** When the schedule next expects a ping, strictly after this moment. */
export function dueAfter(schedule: Schedule, after: Date): Date {
  if (schedule.scheduleKind === "interval") return new Date(after.getTime() + schedule.intervalSeconds * 1_000);
  const { cron, timeZone } = schedule;
  if (!cron || !timeZone) throw new Error("A cron schedule has an expression and a time zone.");
  const due = parse(cron, timeZone, after).next();
  // Where clocks went back a short while ago, a search that begins after that takes the repeated time of a daily job
  // for another run of it. One that begins before it knows better.
  const before = new Date(after.getTime() - 3 * hour);
  if (new CronDate(before, timeZone).getUTCOffset() <= due.getUTCOffset()) return due.toDate();
  const times = parse(cron, timeZone, before);
  let time = times.next();
  while (time.getTime() <= after.getTime()) time = times.next();
  return time.toDate();
}

/** The next times at which a ping is due, if one came at each. */
export function upcoming(schedule: Schedule, after: Date, count: number): Date[] {
  const times: Date[] = [];
  for (let last = after; times.length < count; times.push(last)) last = dueAfter(schedule, last);
  return times;
}

/** What is wrong with a cron expression, in a sentence; null for one that works. */
export function cronProblem(cron: string): string | null {
  if (!cronForm.test(cron)) return `A cron expression has five fields. ${example}`;
  // In the library's dialect it stands for a random value.
  if (/h/i.test(cron.replace(/thu|mar/gi, ""))) return `“H” is not known here. ${example}`;
  try {
    dueAfter({ scheduleKind: "cron", intervalSeconds: 0, cron, timeZone: "UTC" }, new Date());
    return null;
  } catch {
    return `No time fits this cron expression. ${example}`;
  }
}

/** What is wrong with the name of a time zone, in a sentence; null for one that is known. */
export function timeZoneProblem(timeZone: string): string | null {
  const problem = "This time zone is not known. Use a name such as “Europe/Berlin”, “America/New_York” or “UTC”.";
  if (!/^[A-Za-z]+([/_+-][A-Za-z0-9]+)*$/.test(timeZone)) return problem;
  try {
    new Intl.DateTimeFormat("en-GB", { timeZone });
    return null;
  } catch {
    return problem;
  }
}

function parse(cron: string, timeZone: string, after: Date) {
  return CronExpressionParser.parse(cron, { tz: timeZone, currentDate: after });
}
