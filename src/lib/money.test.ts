import { describe, expect, test } from "vitest";
import { formatMoney, minorDigits, parseMoney, toDecimal } from "./money.ts";

test.each([
  [123_450, "EUR", "€1,234.50"],
  [5, "USD", "US$0.05"],
  [-2_900, "GBP", "-£29.00"],
  [0, "EUR", "€0.00"],
  [1_234_567, "JPY", "JP¥1,234,567"],
  [1_234, "KWD", "KWD 1.234"],
  [700, "ISK", "ISK 7.00"],
  [Number.MAX_SAFE_INTEGER, "EUR", "€90,071,992,547,409.91"],
])("%d in %s is %s", (amount, currency, text) => {
  expect(formatMoney(amount, currency).replace(/\s/gu, " ")).toBe(text);
});

test("a minor unit has no, two or three digits", () => {
  expect(["KRW", "VND", "EUR", "UGX", "BHD", "TND"].map(minorDigits)).toEqual([0, 0, 2, 2, 3, 3]);
});

describe("what is typed", () => {
  test.each([
    ["50", "EUR", 5_000],
    [" 49.9 ", "EUR", 4_990],
    ["0.07", "EUR", 7],
    ["-0.07", "EUR", -7],
    ["1200", "JPY", 1_200],
    ["1.234", "KWD", 1_234],
    ["4.35", "EUR", 435],
    ["0.29", "EUR", 29],
  ])("%s %s is %d", (text, currency, amount) => {
    expect(parseMoney(text, currency)).toBe(amount);
  });

  test.each([
    "",
    ".5",
    "5.",
    "1,50",
    "1 000",
    "4.999",
    "1e3",
    "0x10",
    "NaN",
    "Infinity",
    "--1",
    "٣",
    "99999999999999",
    "9999999999999.999",
  ])("%j is no amount in euros", (text) => {
    expect(parseMoney(text, "EUR")).toBeNull();
  });

  test("cents of a currency without any are no amount", () => {
    expect(parseMoney("100.5", "JPY")).toBeNull();
  });
});

test("every amount comes back from its decimal form", () => {
  for (const currency of ["EUR", "JPY", "KWD"]) {
    for (const amount of [0, 1, 9, 10, 99, 100, 101, 999, 1_000, 12_345, 1_234_567_890, -1, -1_050])
      expect(parseMoney(toDecimal(amount, currency), currency)).toBe(amount);
  }
});

test("a fraction of a minor unit and a word are refused, not rounded", () => {
  expect(() => formatMoney(1.5, "EUR")).toThrow(RangeError);
  expect(() => formatMoney(Number.NaN, "EUR")).toThrow(RangeError);
  expect(() => formatMoney(1, "euro")).toThrow(RangeError);
});
