import { z } from "zod";
import { allOfThese, text } from "#lib/text.ts";

const weekdays = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"] as const;
type Days = Record<Lowercase<(typeof weekdays)[number]>, boolean>;
const day = (title: (typeof weekdays)[number]) => z.boolean().meta({ title });
const time = (title: string) =>
  z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/, { error: "Write a time of day as 09:00.", abort: true })
    .meta({ title, help: "Hours and minutes, for example 09:00" });

/** When people are at work: outside of it, what they do is looked at more closely. */
export const businessHoursFields = z
  .strictObject({
    timeZone: text({ max: 60 })
      .refine(isTimeZone, "This is not a time zone. Write one like Europe/Berlin.")
      .meta({ title: "Time zone", help: "As in the IANA database, for example Europe/Berlin or UTC" }),
    monday: day("Monday"),
    tuesday: day("Tuesday"),
    wednesday: day("Wednesday"),
    thursday: day("Thursday"),
    friday: day("Friday"),
    saturday: day("Saturday"),
    sunday: day("Sunday"),
    from: time("From"),
    to: time("To"),
  })
  .refine((hours) => workingDays(hours).length > 0, { path: ["monday"], error: "Choose at least one day." })
  .refine(({ from, to }) => from < to, { path: ["to"], error: "The end comes after the beginning, on the same day." });

export type BusinessHours = z.output<typeof businessHoursFields>;

/** Whether this moment is within business hours. */
export function isBusinessHour(hours: BusinessHours, at: Date): boolean {
  const parts = new Intl.DateTimeFormat("en-GB", {
    timeZone: hours.timeZone,
    weekday: "long",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  }).formatToParts(at);
  const part = (type: string) => parts.find((one) => one.type === type)?.value ?? "";
  const now = `${part("hour")}:${part("minute")}`;
  return workingDays(hours).some((weekday) => weekday === part("weekday")) && now >= hours.from && now < hours.to;
}

/** "Monday, Tuesday and Friday, 09:00 to 17:00, Europe/Berlin". */
export function businessHoursInWords(hours: BusinessHours): string {
  return `${allOfThese(workingDays(hours))}, ${hours.from} to ${hours.to}, ${hours.timeZone}`;
}

function workingDays(hours: Days): string[] {
  return weekdays.filter((weekday) => hours[weekday.toLowerCase() as Lowercase<typeof weekday>]);
}

function isTimeZone(name: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat("en-GB", { timeZone: name }));
  } catch {
    return false;
  }
}
