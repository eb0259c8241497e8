import { expect, test } from "vitest";
import { fillPath, returnPath, withOutcome } from "./return-path.ts";

test.each(["/security", "/o/northwind-labs/monitors?x=1#y", "/administrators"])("a form leads back to %s", (path) => {
  expect(returnPath(path)).toBe(path);
});

test.each([
  undefined,
  "",
  "security",
  "//evil.example",
  "/\\evil.example",
  "https://evil.example",
  "/.//evil.example",
  "/admin",
  "/Admin/x",
  "/x/../admin?y",
])("a form does not lead to %s", (path) => {
  expect(returnPath(path, "/security")).toBe("/security");
});

test("what the operation has made takes its place in the path, and nothing else does", () => {
  expect(fillPath("/o/a/monitors/:monitorId", { monitorId: "mon_1" })).toBe("/o/a/monitors/mon_1");
  expect(returnPath(fillPath("/:nothing//evil.example", null), "/")).toBe("/");
  expect(returnPath(fillPath("/:nothing/.//evil.example", undefined), "/")).toBe("/");
});

test("the latest outcome replaces those before", () => {
  expect(withOutcome("/security?done=session.end&draft=drf_1&x=1", { done: "user.changePassword" })).toBe(
    "/security?x=1&done=user.changePassword",
  );
});
