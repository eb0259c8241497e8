import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { judge, type MonitorState, type Watched } from "./monitor-state.ts";

const start = new Date("2026-11-21T12:00:00Z");
const later = (seconds: number) => new Date(start.getTime() + seconds * 1_000);

/** Every 5 minutes, 1 minute of grace; pinged at 12:00. */
function monitor(differing: Partial<Watched> = {}): Watched {
  return {
    scheduleKind: "interval",
    intervalSeconds: 300,
    cron: null,
    timeZone: null,
    graceSeconds: 60,
    state: "up",
    stateSince: start,
    lastPingAt: start,
    lastPingKind: "success",
    lastStartedAt: null,
    ...differing,
  };
}

describe("after a ping", () => {
  test.each<[number, MonitorState, number | null]>([
    [0, "up", 300],
    [299.999, "up", 300],
    [300, "late", 360],
    [359.999, "late", 360],
    [360, "down", null],
    [999_999, "down", null],
  ])("%d seconds later it is %s", (seconds, state, next) => {
    expect(judge(monitor(), later(seconds))).toMatchObject({ state, nextCheckAt: next === null ? null : later(next) });
  });

  test("it is down since the grace was over, however late somebody looks", () => {
    expect(judge(monitor(), later(5_000))).toMatchObject({ since: later(360), why: "silent" });
  });

  test("one that says it failed puts it down at once, and only a success gets it up", () => {
    expect(judge(monitor({ lastPingKind: "fail" }), later(1))).toMatchObject({ state: "down", since: start, why: "failed" });
    const running = monitor({ state: "down", lastPingKind: "fail", lastStartedAt: later(10) });
    expect(judge(running, later(11)).state).toBe("down");
    expect(judge({ ...running, lastPingAt: later(20), lastPingKind: "success" }, later(21))).toMatchObject({
      state: "up",
      since: later(20),
    });
  });
});

describe("a run that began", () => {
  test("and does not end within the grace puts it down, also before a ping is due", () => {
    const running = monitor({ lastStartedAt: later(10) });
    expect(judge(running, later(69))).toMatchObject({ state: "up", nextCheckAt: later(70) });
    expect(judge(running, later(70))).toMatchObject({ state: "down", since: later(70), why: "unfinished" });
  });

  test("just before the grace is over has its own grace", () => {
    const running = monitor({ lastStartedAt: later(350) });
    expect(judge(running, later(365))).toMatchObject({ state: "late", nextCheckAt: later(410) });
    expect(judge(running, later(410)).state).toBe("down");
  });

  test("too late does not help", () => {
    expect(judge(monitor({ lastStartedAt: later(361) }), later(362))).toMatchObject({ state: "down", since: later(360), why: "silent" });
  });

  test("and ended is over", () => {
    expect(judge(monitor({ lastStartedAt: later(-5) }), later(200)).state).toBe("up");
  });

  test("while it is down does not get it up, its end does", () => {
    const down = monitor({ state: "down", stateSince: later(360), lastStartedAt: later(400) });
    expect(judge(down, later(401))).toMatchObject({ state: "down", since: later(360) });
    expect(judge({ ...down, lastPingAt: later(420) }, later(421)).state).toBe("up");
  });

  test("first of all is waited for, and then missed", () => {
    const first = monitor({ state: "waiting", lastPingAt: null, lastPingKind: null, stateSince: start, lastStartedAt: later(5) });
    expect(judge(first, later(64))).toMatchObject({ state: "waiting", nextCheckAt: later(65) });
    expect(judge(first, later(65))).toMatchObject({ state: "down", why: "unfinished" });
  });
});

describe("one that waits", () => {
  const waiting = monitor({ state: "waiting", stateSince: later(100) });

  test("is not moved by time, nor by what came before", () => {
    expect(judge(waiting, later(9_999_999))).toEqual({ state: "waiting", since: later(100), nextCheckAt: null });
    expect(judge({ ...waiting, lastPingKind: "fail" }, later(101)).state).toBe("waiting");
    expect(judge({ ...waiting, lastPingAt: null, lastStartedAt: start }, later(9_999)).state).toBe("waiting");
  });

  test("is moved by the next ping", () => {
    expect(judge({ ...waiting, lastPingAt: later(101) }, later(102)).state).toBe("up");
    expect(judge({ ...waiting, lastPingAt: later(101), lastPingKind: "fail" }, later(102)).state).toBe("down");
  });
});

test("a cron schedule counts from the time it names, not from the ping", () => {
  const nightly = monitor({ scheduleKind: "cron", intervalSeconds: 0, cron: "30 2 * * *", timeZone: "Europe/Berlin", graceSeconds: 3_600 });
  const at = (time: string) => judge({ ...nightly, lastPingAt: new Date("2026-03-28T01:40:00Z") }, new Date(time)).state;
  expect(at("2026-03-29T01:29:59Z")).toBe("up");
  expect(at("2026-03-29T01:30:00Z")).toBe("late");
  expect(at("2026-03-29T02:30:00Z")).toBe("down");
});

const moment = fc.integer({ min: -1_000, max: 1_000 }).map(later);
const anyMonitor: fc.Arbitrary<Watched> = fc.record({
  scheduleKind: fc.constant("interval" as const),
  intervalSeconds: fc.integer({ min: 1, max: 500 }),
  cron: fc.constant(null),
  timeZone: fc.constant(null),
  graceSeconds: fc.integer({ min: 0, max: 500 }),
  state: fc.constantFrom<MonitorState>("waiting", "up", "late", "down"),
  stateSince: moment,
  lastPingAt: fc.option(moment),
  lastPingKind: fc.constantFrom("success", "fail"),
  lastStartedAt: fc.option(moment),
});
const settings = { numRuns: 2_000, verbose: 1 } as const;

test("nothing changes before the time of the next look, and that is never now", () => {
  fc.assert(
    fc.property(anyMonitor, moment, fc.double({ min: 0, max: 1, noNaN: true }), (any, now, share) => {
      const found = judge(any, now);
      if (found.nextCheckAt) expect(found.nextCheckAt.getTime()).toBeGreaterThan(now.getTime());
      const until = found.nextCheckAt ?? new Date(now.getTime() + 1e10);
      const between = new Date(now.getTime() + Math.floor(share * (until.getTime() - now.getTime() - 1)));
      expect(judge(any, between).state).toBe(found.state);
    }),
    settings,
  );
});

test("whoever looks often finds the same in the end as whoever looks once", () => {
  const worse: Record<MonitorState, number> = { waiting: 0, up: 1, late: 2, down: 3 };
  fc.assert(
    fc.property(anyMonitor, fc.boolean(), moment, (drawn, waits, first) => {
      // As the worker leaves it: what does not wait has been pinged.
      const any: Watched = waits ? { ...drawn, state: "waiting" } : { ...drawn, state: "up", lastPingAt: drawn.lastPingAt ?? start };
      const end = later(10_000);
      let [current, now] = [any, first];
      for (;;) {
        const found = judge(current, now);
        if (now !== first) expect(worse[found.state]).toBeGreaterThanOrEqual(worse[current.state]);
        if (found.state !== current.state) current = { ...current, state: found.state, stateSince: found.since };
        if (!found.nextCheckAt || found.nextCheckAt > end) break;
        now = found.nextCheckAt;
      }
      expect(current.state).toBe(judge(any, end).state);
    }),
    settings,
  );
});
