import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cronProblem, dueAfter, timeZoneProblem, upcoming } from "./schedules.ts";

const cron = (expression: string, timeZone: string) => ({ scheduleKind: "cron" as const, intervalSeconds: 0, cron: expression, timeZone });
const times = (expression: string, timeZone: string, after: string, count = 3) =>
  upcoming(cron(expression, timeZone), new Date(after), count).map((time) => time.toISOString().slice(0, 16));

describe("when clocks go forward, on 29 March 2026 at 2 in Berlin", () => {
  test("a time that does not exist that day is due right after", () => {
    expect(times("30 2 * * *", "Europe/Berlin", "2026-03-28T12:00:00Z")).toEqual([
      "2026-03-29T01:30",
      "2026-03-30T00:30",
      "2026-03-31T00:30",
    ]);
  });

  test("every half hour goes on without a gap", () => {
    expect(times("*/30 * * * *", "Europe/Berlin", "2026-03-29T00:20:00Z", 4)).toEqual([
      "2026-03-29T00:30",
      "2026-03-29T01:00",
      "2026-03-29T01:30",
      "2026-03-29T02:00",
    ]);
  });
});

describe("when clocks go back, on 25 October 2026 at 3 in Berlin", () => {
  test.each(["2026-10-25T00:31:00Z", "2026-10-25T01:00:00Z", "2026-10-25T01:15:00Z", "2026-10-25T01:29:59Z"])(
    "a daily job that ran by %s is not expected again in the repeated hour",
    (after) => {
      expect(times("30 2 * * *", "Europe/Berlin", after, 2)).toEqual(["2026-10-26T01:30", "2026-10-27T01:30"]);
    },
  );

  test("it is due once, at the first of the two", () => {
    expect(times("30 2 * * *", "Europe/Berlin", "2026-10-24T12:00:00Z", 2)).toEqual(["2026-10-25T00:30", "2026-10-26T01:30"]);
    expect(times("30 1 * * *", "America/New_York", "2026-10-31T12:00:00Z", 2)).toEqual(["2026-11-01T05:30", "2026-11-02T06:30"]);
    expect(times("30 1 * * *", "America/New_York", "2026-11-01T06:10:00Z", 1)).toEqual(["2026-11-02T06:30"]);
  });

  test("an hourly job is due in both hours", () => {
    expect(times("45 * * * *", "Europe/Berlin", "2026-10-25T00:15:00Z", 3)).toEqual([
      "2026-10-25T00:45",
      "2026-10-25T01:45",
      "2026-10-25T02:45",
    ]);
    expect(times("45 * * * *", "Europe/Berlin", "2026-10-25T01:15:00Z", 1)).toEqual(["2026-10-25T01:45"]);
  });
});

test("whenever it is asked, the next due time is later, and nothing is due in between", () => {
  const schedule = fc.record({
    cron: fc.constantFrom("* * * * *", "*/7 * * * *", "5 */3 * * *", "30 2 * * *", "0 9 * * 1-5", "15 1,2,3 25 10 *", "0 0 29 2 *"),
    timeZone: fc.constantFrom("UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata", "America/Santiago", "Pacific/Auckland"),
  });
  const moment = fc.date({ min: new Date("2026-01-01T00:00:00Z"), max: new Date("2027-12-31T00:00:00Z"), noInvalidDate: true });
  fc.assert(
    fc.property(schedule, moment, fc.double({ min: 0, max: 1, noNaN: true }), ({ cron: expression, timeZone }, after, share) => {
      const due = dueAfter(cron(expression, timeZone), after);
      expect(due.getTime()).toBeGreaterThan(after.getTime());
      const between = new Date(after.getTime() + share * (due.getTime() - after.getTime() - 1));
      expect(dueAfter(cron(expression, timeZone), between)).toEqual(due);
    }),
    { numRuns: 300, verbose: 1 },
  );
});

test("an interval is counted from the last ping", () => {
  const schedule = { scheduleKind: "interval" as const, intervalSeconds: 90, cron: null, timeZone: null };
  expect(dueAfter(schedule, new Date("2026-03-29T00:59:00Z"))).toEqual(new Date("2026-03-29T01:00:30Z"));
});

test.each(["* * * * *", "30 2 * * 1-5", "0 9 1 * *", "0 9 * mar-oct mon,thu", "0 12 * * MON#2", "0 0 L * *", "0 0 29 2 *"])(
  "%j is a cron expression",
  (expression) => {
    expect(cronProblem(expression)).toBeNull();
  },
);

test.each([
  "",
  "* * * *",
  "0 * * * * *",
  "@daily",
  "61 * * * *",
  "0 25 * * *",
  "0 0 30 2 *",
  "5-1 * * * *",
  "*/0 * * * *",
  "H H * * *",
  "h * * * *",
  "0 0 * * MON-",
  "0 0 * * xyz",
  "1,,2 * * * *",
  "☃ * * * *",
])("%j is none, and the sentence says how to write one", (expression) => {
  expect(cronProblem(expression)).toMatch(/30 2 \* \* 1-5/);
});

test("whatever is typed is either refused or has due times", () => {
  const part = fc.stringMatching(/^[0-9*,/?#LWHa-c-]{1,6}$/);
  fc.assert(
    fc.property(fc.array(part, { minLength: 4, maxLength: 6 }), (parts) => {
      const expression = parts.join(" ");
      if (cronProblem(expression)) return;
      expect(upcoming(cron(expression, "Europe/Berlin"), new Date("2026-10-25T00:45:00Z"), 3)).toHaveLength(3);
    }),
    { numRuns: 500, verbose: 1 },
  );
});

test.each(["UTC", "Europe/Berlin", "america/new_york", "America/Argentina/Buenos_Aires", "Etc/GMT+5", "Asia/Kolkata"])(
  "%j is a time zone",
  (zone) => {
    expect(timeZoneProblem(zone)).toBeNull();
  },
);

test.each(["", "+02:00", "Berlin", "Europe/Atlantis", "Europe/Berlin ", "../etc", "GMT+2"])("%j is none", (zone) => {
  expect(timeZoneProblem(zone)).toMatch(/Europe\/Berlin/);
});
