import { expect, test } from "vitest";
import { isBusinessHour } from "./business-hours.ts";
import { settings } from "./settings.ts";

const berlin = { ...settings.businessHours.default, timeZone: "Europe/Berlin", from: "09:00", to: "17:00" };

test.each([
  ["2026-11-20T08:00:00Z", true, "Friday, 09:00 there"],
  ["2026-11-20T07:59:00Z", false, "Friday, 08:59 there"],
  ["2026-11-20T15:59:59Z", true, "Friday, 16:59 there"],
  ["2026-11-20T16:00:00Z", false, "Friday, 17:00 there"],
  ["2026-07-17T07:00:00Z", true, "Friday in summer, 09:00 there"],
  ["2026-11-21T10:00:00Z", false, "Saturday"],
  ["2026-11-22T23:30:00Z", false, "Monday, 00:30 there"],
])("%s: %s (%s)", (at, within) => {
  expect(isBusinessHour(berlin, new Date(at))).toBe(within);
});
