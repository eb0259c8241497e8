import { formatTime } from "#lib/format-time.ts";

const timestamp = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d/;

/** What the audit writes instead of a value, in words. */
const standIns: Record<string, string> = {
  "[now]": "set when it runs",
  "[new]": "new id",
  "[secret]": "secret, not shown",
};

/** A captured value as a person reads it. */
export function formatValue(value: unknown): string {
  if (value === null || value === undefined || value === "") return "nothing";
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (typeof value === "number") return value.toLocaleString("en-GB");
  if (Array.isArray(value)) return value.length > 0 ? value.map(formatValue).join(", ") : "nothing";
  if (typeof value !== "string") return JSON.stringify(value);
  if (timestamp.test(value) && !Number.isNaN(Date.parse(value))) return formatTime(new Date(value));
  return standIns[value] ?? value;
}
