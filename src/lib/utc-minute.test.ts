import { expect, test } from "vitest";
import { fromUtcMinute, utcMinute } from "./utc-minute.ts";

test("a day and a time are taken as UTC", () => {
  expect(utcMinute().parse("2027-03-03T14:00")).toBe("2027-03-03T14:00");
  expect(fromUtcMinute("2027-03-03T14:00").toISOString()).toBe("2027-03-03T14:00:00.000Z");
});

test.each(["", "2027-02-30T14:00", "2027-03-03T25:00", "2027-03-03", "2027-03-03T14:00Z", "99999-01-01T00:00", "0000-00-00T00:00"])(
  "%j is refused with a sentence",
  (value) => {
    expect(utcMinute().safeParse(value).error?.issues[0]?.message).toMatch(/^(Enter a day|There is no such)/);
  },
);
