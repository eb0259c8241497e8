import { expect, test } from "vitest";
import { defaultThresholds, overThreshold, thresholdOf, thresholdsInWords, toHundredths, toMinor } from "./approvals.ts";

const thresholds = { ...defaultThresholds, refundBilling: 5_000, refundAdmin: 100_000 };

test.each([
  ["EUR", 5_000, 5_000],
  ["JPY", 5_000, 50],
  ["KWD", 5_000, 50_000],
])("50.00 %s is %i hundredths and %i of the minor unit", (currency, hundredths, minor) => {
  expect(toMinor(hundredths, currency)).toBe(minor);
  expect(toHundredths(minor, currency)).toBe(hundredths);
});

test("what does not come out even is rounded against the giver", () => {
  expect(toMinor(5_050, "JPY")).toBe(50);
  expect(toHundredths(1, "KWD")).toBe(1);
});

test("the strongest of somebody's roles counts, and an operation that nobody listed has no threshold", () => {
  expect(thresholdOf("invoice.refund", ["viewer", "billing", "admin"], thresholds)).toBe(100_000);
  expect(thresholdOf("invoice.refund", ["viewer"], thresholds)).toBe(0);
  expect(thresholdOf("invoice.unheardOf", ["admin"], thresholds)).toBe(0);
});

test("exactly the threshold is within it, one more is not", () => {
  const asked = { operation: "invoice.refund", roles: ["viewer", "billing"] as const, thresholds };
  expect(overThreshold({ amount: 5_000, currency: "EUR" }, asked)).toBeNull();
  expect(overThreshold({ amount: 5_001, currency: "EUR" }, asked)).toBe("€50.01 is more than the €50.00 that billing may give alone.");
  expect(overThreshold({ amount: 51, currency: "JPY" }, asked)).toContain("¥50");
});

test("thresholds in words name the roles only where they differ", () => {
  expect(thresholdsInWords(defaultThresholds)).toBe(
    "Refund 50.00 for every role; Credit 50.00 for every role; Plan or seats 50.00 for every role",
  );
  expect(thresholdsInWords({ ...defaultThresholds, creditSupport: 2_500 })).toBe(
    "Refund 50.00 for every role; Credit 25.00 for support, 50.00 for billing, 50.00 for operations, 50.00 for engineering, 50.00 for admin; Plan or seats 50.00 for every role",
  );
});
