import { expect, test } from "vitest";
import { refuseCrossSite } from "./same-origin.ts";

function post(headers: Record<string, string>) {
  return refuseCrossSite(new Request("http://localhost:3000/sign-out", { method: "POST", headers }));
}

test("a form of this site passes, and so does a program that says nothing", () => {
  expect(post({ origin: "http://localhost:3000", "sec-fetch-site": "same-origin" })).toBeNull();
  expect(post({})).toBeNull();
});

test.each([
  { origin: "http://evil.example" },
  { origin: "null" },
  { origin: "http://localhost:3001" },
  { origin: "https://localhost:3000" },
  { "sec-fetch-site": "cross-site" },
  { "sec-fetch-site": "same-site" },
  { origin: "http://localhost:3000", "sec-fetch-site": "cross-site" },
])("a request of another site is refused: %j", async (headers) => {
  const response = post(headers as Record<string, string>);
  expect(response?.status).toBe(403);
  expect(await response?.text()).toContain("another site");
});
