import { expect, test } from "vitest";
import { localPath } from "./local-path.ts";

const options = { within: "/admin", fallback: "/admin" };

test.each([
  ["/admin/organizations/org_1?tab=people#top", "/admin/organizations/org_1?tab=people#top"],
  ["/admin", "/admin"],
  ["/admin/../admin/x", "/admin/x"],
])("%s is a path to go on to", (value, expected) => {
  expect(localPath(value, options)).toBe(expected);
});

test.each([
  "//evil.example/admin",
  "/\\evil.example",
  "/\t/evil.example",
  "/admin/..//evil.example",
  "/.//evil.example",
  "https://evil.example/admin",
  "javascript:alert(1)",
  "/administrator",
  "/admin/../sign-in",
  "",
  null,
  ["/admin/x"],
])("%j leads nowhere but to the start", (value) => {
  expect(localPath(value, options)).toBe("/admin");
});

test("the whole site is within /", () => {
  expect(localPath("/monitors/mon_1", { within: "/", fallback: "/" })).toBe("/monitors/mon_1");
  expect(localPath("/admin/..//evil.example", { within: "/", fallback: "/" })).toBe("/");
});
