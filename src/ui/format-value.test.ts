import { expect, test } from "vitest";
import { formatValue } from "./format-value.ts";

test.each([
  [null, "nothing"],
  ["", "nothing"],
  [[], "nothing"],
  [true, "yes"],
  [12_500, "12,500"],
  ["2026-11-27T23:59:59+00:00", "27 Nov 2026, 23:59 UTC"],
  ["[now]", "set when it runs"],
  ["[new]", "new id"],
  ["[secret]", "secret, not shown"],
  [["support", "billing"], "support, billing"],
  ["Northwind Labs", "Northwind Labs"],
])("%j reads as %s", (value, words) => {
  expect(formatValue(value)).toBe(words);
});
