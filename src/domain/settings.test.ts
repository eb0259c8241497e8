import { expect, test } from "vitest";
import { findSetting, fromForm, settingForm, settingKeys, settings, settingValue, toForm } from "./settings.ts";

test.each(settingKeys)("the default of %s is valid, goes through its form and can be said in words", (key) => {
  const { schema, default: fallback, inWords } = findSetting(key);
  expect(schema.parse(fallback)).toEqual(fallback);
  expect(fromForm(key, settingForm(key).parse(toForm(key, fallback)))).toEqual(fallback);
  expect(inWords(fallback)).toMatch(/\w/);
});

test("what is stored counts while it fits; what no longer fits gives the default", () => {
  expect(settingValue("operationsPerTenMinutes", 50)).toBe(50);
  expect(settingValue("operationsPerTenMinutes", "many")).toBe(settings.operationsPerTenMinutes.default);
  expect(settingValue("maintenance", { on: true })).toEqual(settings.maintenance.default);
});

test("a threshold that came later is as by default, and the stored ones stay as somebody decided", () => {
  const decided: Record<string, number> = { ...settings.approvalThresholds.default, refundBilling: 1 };
  const { changePlanBilling: later, ...stored } = decided;
  expect(later).toBe(5_000);
  expect(settingValue("approvalThresholds", stored)).toEqual(decided);
  expect(settingValue("approvalThresholds", { ...stored, unheardOf: 1 })).toEqual(settings.approvalThresholds.default);
});

const hours = settings.businessHours.default;
const weekend = { monday: false, tuesday: false, wednesday: false, thursday: false, friday: false };

test.each([
  ["maximumUploadBytes", { value: 10 }, "value", "At least 20,000."],
  ["maximumUploadBytes", { value: 1e9 }, "value", "At most 50,000,000."],
  ["maximumUploadBytes", { value: "much" }, "value", "Enter a whole number."],
  ["budgets", { ...settings.budgets.default, customerAMonth: -1 }, "customerAMonth", "Not less than 0."],
  ["budgets", { staffMemberADay: 1.5, customerAMonth: 1 }, "staffMemberADay", "Enter a whole number."],
  ["approvalThresholds", { ...settings.approvalThresholds.default, refundBilling: 1e12 }, "refundBilling", "At most 100,000,000."],
  ["operationsPerTenMinutes", { value: 0 }, "value", "At least 1."],
  ["impersonationReviewPercent", { value: 101 }, "value", "At most 100."],
  ["impersonationReviewPercent", { value: 9.5 }, "value", "Enter a whole number."],
  ["maintenance", { on: true, message: "" }, "message", "This is required."],
  ["maintenance", { on: true, message: "x".repeat(301) }, "message", "Use at most 300 characters."],
  ["businessHours", { ...hours, timeZone: "Moon/Base" }, "timeZone", "This is not a time zone. Write one like Europe/Berlin."],
  ["businessHours", { ...hours, from: "9" }, "from", "Write a time of day as 09:00."],
  ["businessHours", { ...hours, to: "25:00" }, "to", "Write a time of day as 09:00."],
  ["businessHours", { ...hours, from: "18:00", to: "09:00" }, "to", "The end comes after the beginning, on the same day."],
  ["businessHours", { ...hours, ...weekend }, "monday", "Choose at least one day."],
] as const)("%s refuses %j", (key, input, field, message) => {
  const { error } = settingForm(key).safeParse(input);
  expect(error?.issues.map((issue) => [issue.path.join("."), issue.message])).toEqual([[field, message]]);
});
