import { expect, test } from "vitest";
import { requestInfo } from "./request-info.ts";

test("only the nearest hop counts as the source", () => {
  expect(requestInfo(new Headers({ "x-forwarded-for": "6.6.6.6, 192.0.2.9" })).sourceIp).toBe("192.0.2.9");
  expect(requestInfo(new Headers({ "x-forwarded-for": "::ffff:192.0.2.9" })).sourceIp).toBe("192.0.2.9");
  expect(requestInfo(new Headers()).sourceIp).toBeNull();
});

test("a request id has the form that the first door gives it, and the user agent is bounded", () => {
  const { requestId, userAgent } = requestInfo(new Headers({ "x-request-id": "evil\tid", "user-agent": "x".repeat(5_000) }));
  expect(requestId).toMatch(/^[0-9a-f-]{36}$/);
  expect(userAgent).toHaveLength(300);
});
