import { expect, test } from "vitest";
import { bulkCap, parseTargets } from "./bulk.ts";

test.each([
  ["one a line", "org_1\norg_2\r\norg_3\n", ["org_1", "org_2", "org_3"]],
  ["with empty lines and blanks", "\n  acme \n\n beta\n", ["acme", "beta"]],
  ["twice the same", "acme\nbeta\nacme", ["acme", "beta"]],
  ["a CSV with a header", "name,slug,plan\nAcme,acme,team\nBeta,beta,free", ["acme", "beta"]],
  ["a CSV from a spreadsheet", '\ufeffName;Email\n"Okafor, Dana";dana@acme.example', ["dana@acme.example"]],
  ["without a header the first column", "acme,1\nbeta,2", ["acme", "beta"]],
  ["nothing", " \n ", []],
])("%s", (_case, pasted, targets) => {
  expect(parseTargets(pasted)).toEqual(targets);
});

test("a quote that never ends is no CSV", () => {
  expect(parseTargets('"acme\nbeta')).toBeNull();
});

test("the strongest role decides how many; most roles may none", () => {
  expect([bulkCap(["viewer", "support"]), bulkCap(["operations"]), bulkCap(["operations", "engineering", "admin"])]).toEqual([
    0, 1_000, 10_000,
  ]);
});
