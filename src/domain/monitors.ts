import { z } from "zod";
import { text } from "#lib/text.ts";
import { cronProblem, type Schedule, timeZoneProblem } from "./schedules.ts";

const minutes = ({ min, max }: { min: number; max: number }) =>
  z
    .int("Enter a whole number of minutes.")
    .min(min, `At least ${min}.`)
    .max(max, `At most ${max.toLocaleString("en-GB")}.`);

/** What a customer decides about a monitor. */
export const monitorInput = z
  .strictObject({
    name: text({ max: 100 }).meta({ title: "Name" }),
    schedule: z.enum(["interval", "cron"], "Choose an interval or a cron expression.").meta({ title: "Schedule" }),
    intervalMinutes: minutes({ min: 1, max: 44_640 })
      .optional()
      .meta({ title: "Expected every … minutes", help: "With an interval: counted from the last ping" }),
    cron: text({ max: 100 }).optional().meta({
      title: "Cron expression",
      help: "Minute, hour, day of month, month, day of week: 30 2 * * 1-5 is half past two on working days",
    }),
    timeZone: text({ max: 64 })
      .optional()
      .meta({ title: "Time zone", help: "Of the cron expression: Europe/Berlin, America/New_York, UTC" }),
    graceMinutes: minutes({ min: 1, max: 1_440 }).meta({
      title: "Grace in minutes",
      help: "How late a ping may be, and how long a run may take that says when it starts, before the monitor is down",
    }),
  })
  .superRefine(({ schedule, intervalMinutes, cron, timeZone }, check) => {
    const refuse = (field: string, message: string | null) => message && check.addIssue({ code: "custom", path: [field], message });
    if (schedule === "interval") {
      if (intervalMinutes === undefined) refuse("intervalMinutes", "Say how many minutes.");
      return;
    }
    refuse("cron", cron === undefined ? "This is required." : cronProblem(cron));
    refuse("timeZone", timeZone === undefined ? "This is required." : timeZoneProblem(timeZone));
  });

type MonitorInput = z.output<typeof monitorInput>;

/** The columns that the fields decide; those of the other kind of schedule are empty. */
export function monitorColumns({ name, schedule, intervalMinutes = 0, cron, timeZone, graceMinutes }: MonitorInput) {
  const graceSeconds = graceMinutes * 60;
  return schedule === "cron"
    ? {
        name,
        graceSeconds,
        scheduleKind: schedule,
        intervalSeconds: 0,
        cron: cron ?? null,
        timeZone: timeZone ? inItsCase(timeZone) : null,
      }
    : { name, graceSeconds, scheduleKind: schedule, intervalSeconds: intervalMinutes * 60, cron: null, timeZone: null };
}

/** The fields as they are now, for the form. */
export function monitorDefaults({ name, graceSeconds, ...schedule }: Schedule & { name: string; graceSeconds: number }) {
  const { scheduleKind, intervalSeconds, cron, timeZone } = schedule;
  const common = { name, schedule: scheduleKind, graceMinutes: Math.ceil(graceSeconds / 60) };
  return scheduleKind === "cron"
    ? { ...common, ...(cron && { cron }), ...(timeZone && { timeZone }) }
    : { ...common, intervalMinutes: Math.ceil(intervalSeconds / 60) };
}

// "europe/berlin" → "Europe/Berlin", but never another name for the same zone.
function inItsCase(timeZone: string): string {
  const known = new Intl.DateTimeFormat("en-GB", { timeZone }).resolvedOptions().timeZone;
  return known.toLowerCase() === timeZone.toLowerCase() ? known : timeZone;
}
