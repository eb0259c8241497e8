import { describe, expect, test } from "vitest";
import { failingFirst, nextDue, shownStatus } from "./monitor-status.ts";

const start = new Date("2026-11-21T12:00:00Z");
const later = (seconds: number) => new Date(start.getTime() + seconds * 1_000);
/** Every 5 minutes, 1 minute of grace; pinged at 12:00; the worker looks again when it is due. */
const monitor = {
  scheduleKind: "interval" as const,
  intervalSeconds: 300,
  graceSeconds: 60,
  cron: null,
  timeZone: null,
  pausedAt: null,
  state: "up" as const,
  stateSince: later(-900),
  lastPingAt: start,
  lastPingKind: "success" as const,
  lastStartedAt: null,
  nextCheckAt: later(300),
};

describe("a page shows", () => {
  test("what the worker found, until it has to look again", () => {
    expect(shownStatus(monitor, { now: later(299) })).toEqual({ status: "up", since: later(-900) });
  });

  test("what the worker will find, where it has not looked yet", () => {
    expect(shownStatus(monitor, { now: later(301) })).toEqual({ status: "late", since: later(300) });
    expect(shownStatus(monitor, { now: later(9_999) })).toEqual({ status: "down", since: later(360) });
    const pinged = { ...monitor, state: "down" as const, stateSince: later(-100), nextCheckAt: start };
    expect(shownStatus(pinged, { now: later(1) })).toEqual({ status: "up", since: start });
  });

  test("that it is paused; and what was found last where nobody watches", () => {
    expect(shownStatus({ ...monitor, pausedAt: start }, { now: later(9_999) })).toEqual({ status: "paused", since: start });
    expect(shownStatus(monitor, { now: later(9_999), watched: false }).status).toBe("up");
  });
});

describe("the next due times", () => {
  test("of an interval count from the last ping, or from now where that is over, and are not known before the first", () => {
    expect(nextDue(monitor, { now: later(10) })).toEqual([later(300), later(600), later(900)]);
    expect(nextDue(monitor, { now: later(400) })[0]).toEqual(later(700));
    expect(nextDue({ ...monitor, lastPingAt: null })).toEqual([]);
  });

  test("of a cron expression are its own, whatever came", () => {
    const nightly = { ...monitor, scheduleKind: "cron" as const, cron: "30 2 * * *", timeZone: "UTC" };
    expect(nextDue(nightly, { now: start, count: 1 })).toEqual([new Date("2026-11-22T02:30:00Z")]);
  });
});

test("what fails comes first, the rest keeps its order", () => {
  const rows = (["up", "paused", "late", "up", "down", "waiting"] as const).map((status, index) => ({ status, index }));
  expect(failingFirst(rows).map(({ index }) => index)).toEqual([4, 2, 5, 0, 3, 1]);
});
