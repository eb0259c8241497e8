import { judge, type MonitorState, type Watched } from "#domain/monitor-state.ts";
import { dueAfter, upcoming } from "#domain/schedules.ts";

export type { MonitorState } from "#domain/monitor-state.ts";
/** What a page shows of a monitor. */
export type MonitorStatus = MonitorState | "paused";
export type Shown = { status: MonitorStatus; since: Date };

/** Everything that `shownStatus` needs to know. */
export const watchedColumns = {
  scheduleKind: true,
  intervalSeconds: true,
  graceSeconds: true,
  cron: true,
  timeZone: true,
  pausedAt: true,
  state: true,
  stateSince: true,
  lastPingAt: true,
  lastPingKind: true,
  lastStartedAt: true,
  nextCheckAt: true,
} as const;

type Monitor = Watched & { pausedAt: Date | null; nextCheckAt: Date | null };

/**
 * What a monitor says now: as the worker will find it, also where it has not looked since. Where nobody watches it,
 * because its organization is suspended for instance, what was found last.
 */
export function shownStatus(monitor: Monitor, { now = new Date(), watched = true }: { now?: Date; watched?: boolean } = {}): Shown {
  const { pausedAt, state, stateSince, nextCheckAt } = monitor;
  if (pausedAt) return { status: "paused", since: pausedAt };
  // Nothing changes before the time of the next look: see the tests of `judge`.
  if (!watched || !nextCheckAt || nextCheckAt > now) return { status: state, since: stateSince };
  const found = judge(monitor, now);
  return { status: found.state, since: found.state === state || found.since < stateSince ? stateSince : found.since };
}

/** When its next pings are due; an interval is counted from the last one, so there is nothing to say before the first. */
export function nextDue(monitor: Monitor, { now = new Date(), count = 3 }: { now?: Date; count?: number } = {}): Date[] {
  if (monitor.scheduleKind === "cron") return upcoming(monitor, now, count);
  if (!monitor.lastPingAt) return [];
  const first = dueAfter(monitor, monitor.lastPingAt);
  return first > now ? [first, ...upcoming(monitor, first, count - 1)] : upcoming(monitor, now, count);
}

const urgency: Record<MonitorStatus, number> = { down: 0, late: 1, waiting: 2, up: 3, paused: 4 };

/** What fails first, otherwise in the order they have. */
export function failingFirst<Row extends { status: MonitorStatus }>(rows: readonly Row[]): Row[] {
  return rows.toSorted((a, b) => urgency[a.status] - urgency[b.status]);
}
