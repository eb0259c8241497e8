import { expect, test } from "vitest";
import { describeRole, effectiveRole, isHigher } from "./memberships.ts";

const now = new Date("2027-03-01T12:00:00Z");
const lent = { role: "member", elevatedRole: "admin", elevatedUntil: new Date("2027-03-03T14:00:00Z") } as const;

test("a lent role counts until its time, in words and in effect", () => {
  expect(effectiveRole(lent, now)).toBe("admin");
  expect(describeRole(lent, now)).toBe("admin until 3 Mar 2027, 14:00 UTC, then member");
});

test("at its time it counts no more, and what is half there never does", () => {
  expect(effectiveRole(lent, lent.elevatedUntil)).toBe("member");
  expect(describeRole(lent, lent.elevatedUntil)).toBe("member");
  expect(effectiveRole({ ...lent, elevatedUntil: null }, now)).toBe("member");
  expect(effectiveRole({ ...lent, elevatedRole: null }, now)).toBe("member");
});

test("roles are ordered", () => {
  expect([isHigher("owner", "admin"), isHigher("admin", "member"), isHigher("member", "member"), isHigher("member", "owner")]).toEqual([
    true,
    true,
    false,
    false,
  ]);
});
