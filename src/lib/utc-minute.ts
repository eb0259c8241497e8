import { z } from "zod";

/** A moment as a browser's date-and-time field sends it ("2027-03-03T14:00"), meant in UTC. */
export function utcMinute() {
  return z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/, "Enter a day and a time.")
    .refine((value) => isReal(value), "There is no such day or time.")
    .meta({ moment: true });
}

export function fromUtcMinute(value: string): Date {
  return new Date(`${value}:00Z`);
}

function isReal(value: string): boolean {
  const date = fromUtcMinute(value);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(value);
}
