import { expect, test } from "vitest";
import { formatAge, formatTime, formatWait } from "./format-time.ts";

const now = new Date("2026-11-21T13:05:30Z");

test("times carry their zone", () => {
  expect(formatTime(now)).toBe("21 Nov 2026, 13:05 UTC");
});

test.each([
  ["2026-11-21T13:05:10Z", "just now"],
  ["2026-11-21T13:05:59Z", "in a moment"],
  ["2026-11-21T13:04:00Z", "1 minute ago"],
  ["2026-11-20T13:04:00Z", "24 hours ago"],
  ["2026-11-27T23:59:59Z", "in 6 days"],
  ["2026-08-21T13:05:00Z", "3 months ago"],
  ["2023-11-21T13:05:00Z", "3 years ago"],
])("%s is %s", (date, age) => {
  expect(formatAge(new Date(date), now)).toBe(age);
});

test.each([
  [-5, "1 minute"],
  [1, "1 minute"],
  [61, "2 minutes"],
  [3_541, "1 hour"],
  [3_601, "2 hours"],
  [47 * 3_600, "47 hours"],
  [48 * 3_600 + 1, "3 days"],
])("a wait of %s seconds is %s, never less than it takes", (seconds, words) => {
  const now = new Date("2026-11-21T12:00:00Z");
  expect(formatWait(new Date(now.getTime() + seconds * 1_000), now)).toBe(words);
});
