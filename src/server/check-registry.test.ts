import { expect, test } from "vitest";
import { z } from "zod";
import * as operations from "#operations/registry.ts";
import { checkRegistry } from "#server/check-registry.ts";
import type { AnyOperation } from "#server/operation.ts";

const good: AnyOperation = {
  name: "thing.doWell",
  title: "Do well",
  description: "Does it well.",
  target: "Organization",
  allow: { support: true },
  risk: "routine",
  input: z.strictObject({ days: z.int().meta({ title: "Days" }) }),
  summary: () => "Do it well",
  run: async () => undefined,
};

const check =
  (change: Partial<AnyOperation>, key = "thingDoWell") =>
  () =>
    checkRegistry({ [key]: { ...good, ...change } });

test("the real registry and a good operation pass", () => {
  expect(() => checkRegistry(operations)).not.toThrow();
  expect(check({})).not.toThrow();
});

test.each<[string, Partial<AnyOperation>, RegExp]>([
  ["a name of another form", { name: "Do it" }, /OP01 Do it: .*Rename it/],
  ["an export of another name", { name: "thing.other" }, /OP03 thing\.other: .*Export it as thingOther/],
  ["an unknown target", { target: "Customer" }, /OP04 thing\.doWell: .*"Customer".*Use one of/],
  ["nobody who may", { allow: {} }, /OP05 thing\.doWell: nobody may do it/],
  ["an unknown role", { allow: { superuser: true } as never }, /OP06 thing\.doWell: "superuser"/],
  ["an empty condition", { allow: { support: {} } }, /OP07 thing\.doWell: .*"support" is empty/],
  ["an open input", { input: z.object({}) }, /OP08 thing\.doWell: .*z\.strictObject/],
  ["a field without a title", { input: z.strictObject({ days: z.int() }) }, /OP09 thing\.doWell: the field "days"/],
  ["a critical one for customers", { risk: "critical", allowCustomer: { owner: true } }, /OP10 thing\.doWell/],
  [
    "a secret in a proposal",
    { input: z.strictObject({ password: z.string().meta({ title: "Password", secret: true }) }) },
    /OP11 thing\.doWell/,
  ],
  ["deleting in a customer's seat", { name: "thing.deleteWell", whileImpersonating: "whenWriting" }, /OP13 thing\.deleteWell/],
  ["a person's affairs in their seat", { target: "User", whileImpersonating: "whenWriting" }, /OP13 thing\.doWell/],
  ["writing in a seat that only reads", { whileImpersonating: "always" }, /OP14 thing\.doWell/],
])("%s is refused with the operation, the rule and the fix", (_what, change, message) => {
  expect(check(change)).toThrow(message);
});

test("two of the same name are refused, and all problems are told at once", () => {
  expect(() => checkRegistry({ thingDoWell: good, again: { ...good, target: "Nothing" } })).toThrow(/OP02[\s\S]*OP03[\s\S]*OP04/);
});
