import { expect, test } from "vitest";
import { fragment, isFindable } from "./fragment.ts";

test.each(["abc", "a.b.c", "ÅSA", "李小龙", "12a", "%ab_c", "x@yz"])("%s can be looked up", (typed) =>
  expect(isFindable(typed)).toBe(true),
);

test.each(["", "ab", "%%%", "---", "@..", "a b", "李明", "é!"])("%s would need every row to be read", (typed) =>
  expect(isFindable(typed)).toBe(false),
);

test("in a form, nothing is no filter, and too little is said to be so", () => {
  const schema = fragment({ max: 5 });
  expect(schema.parse("  ")).toBe("");
  expect(schema.parse(" abc ")).toBe("abc");
  expect(schema.safeParse("ab").error?.issues[0]?.message).toBe("Enter at least three letters or digits; less would find too much.");
  expect(schema.safeParse("abcdef").success).toBe(false);
});
