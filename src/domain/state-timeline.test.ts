import fc from "fast-check";
import { expect, test } from "vitest";
import type { MonitorState } from "./monitor-state.ts";
import { stateTimeline } from "./state-timeline.ts";

const at = (minute: number) => new Date(Date.UTC(2026, 10, 21, 0, minute));

test("without a change it is the present state all the time", () => {
  expect(stateTimeline({ changes: [], state: "up", from: at(0), to: at(9) })).toEqual([{ state: "up", from: at(0), to: at(9) }]);
});

test("it begins with what was before the first change", () => {
  const changes = [
    { from: "up", to: "late", at: at(3) },
    { from: "late", to: "down", at: at(4) },
  ] as const;
  expect(stateTimeline({ changes, state: "down", from: at(0), to: at(9) }).map(({ state, from }) => [state, from])).toEqual([
    ["up", at(0)],
    ["late", at(3)],
    ["down", at(4)],
  ]);
});

test("it has no gap and no overlap", () => {
  const states = fc.constantFrom<MonitorState>("waiting", "up", "late", "down");
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.integer({ min: 0, max: 50 }), states, states)), states, (drawn, state) => {
      const changes = drawn.map(([minute, from, to]) => ({ at: at(minute), from, to })).sort((a, b) => a.at.getTime() - b.at.getTime());
      const segments = stateTimeline({ changes, state, from: at(0), to: at(50) });
      const total = segments.reduce((sum, { from, to }) => sum + to.getTime() - from.getTime(), 0);
      expect(total).toBe(at(50).getTime() - at(0).getTime());
      for (const [index, segment] of segments.slice(1).entries()) expect(segment.from).toEqual(segments[index]?.to);
    }),
    { verbose: 1 },
  );
});
