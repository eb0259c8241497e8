import { expect, test } from "vitest";
import { formatAge, formatTime } from "./format-time.ts";

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
