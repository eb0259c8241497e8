import type { MonitorState } from "./monitor-state.ts";

export type Segment = { state: MonitorState; from: Date; to: Date };
type Change = { from: MonitorState; to: MonitorState; at: Date };

/** The states one after the other over a span of time; `changes` are those within it, oldest first. */
export function stateTimeline({ changes, state, from, to }: { changes: readonly Change[]; state: MonitorState; from: Date; to: Date }) {
  const segments: Segment[] = [];
  let current: Segment = { state: changes[0]?.from ?? state, from, to };
  for (const change of changes) {
    if (change.at > current.from) segments.push({ ...current, to: change.at });
    current = { state: change.to, from: change.at, to };
  }
  return current.from < to ? [...segments, current] : segments;
}
