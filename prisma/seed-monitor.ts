import { judge, type MonitorState, type Watched } from "#domain/monitor-state.ts";
import { type Schedule, upcoming } from "#domain/schedules.ts";
import type { Random } from "#lib/random.ts";
import type { Transaction } from "#server/db.ts";
import { idAt } from "./id-at.ts";
import type { WorldMonitor } from "./world/types.ts";

const minute = 60_000;
const day = 24 * 60 * minute;
const historyDays = 6;

type Setting = { now: Date; random: Random };
type Change = { from: MonitorState; to: MonitorState; at: Date };

/** A monitor with the pings of the last days, each a little off its schedule, and what became of it by them. */
export async function seedMonitor(
  db: Transaction,
  { organizationId, monitor, createdAt }: { organizationId: string; monitor: WorldMonitor; createdAt: Date },
  { now, random }: Setting,
): Promise<void> {
  const schedule = scheduleOf(monitor);
  const pings = pingTimes(monitor, schedule, { now, random, since: createdAt });
  const { changes, ...found } = whatBecame({ ...schedule, graceSeconds: monitor.graceMinutes * 60, since: createdAt }, pings, now);
  const { id: monitorId } = await db.monitor.create({
    data: {
      id: idAt("mon", createdAt, random),
      organizationId,
      name: monitor.name,
      createdAt,
      ...schedule,
      graceSeconds: monitor.graceMinutes * 60,
      lastPingAt: pings.at(-1) ?? null,
      lastPingKind: pings.length > 0 ? "success" : null,
      ...found,
      ...(monitor.paused && {
        pausedAt: pings.at(-1) ?? createdAt,
        state: "waiting",
        stateSince: pings.at(-1) ?? createdAt,
        nextCheckAt: null,
      }),
    },
    select: { id: true },
  });
  await db.ping.createMany({ data: pings.map((at) => ({ monitorId, at })) });
  const pausing = monitor.paused && pings.at(-1);
  const all = pausing ? [...changes, { from: found.state, to: "waiting" as const, at: pausing }] : changes;
  await db.monitorStateChange.createMany({ data: all.map((change) => ({ monitorId, ...change })) });
}

function scheduleOf({ everyMinutes, cron }: WorldMonitor): Schedule {
  return cron
    ? { scheduleKind: "cron", intervalSeconds: 0, cron: cron.expression, timeZone: cron.timeZone }
    : { scheduleKind: "interval", intervalSeconds: everyMinutes * 60, cron: null, timeZone: null };
}

function pingTimes(monitor: WorldMonitor, schedule: Schedule, { now, random, since }: Setting & { since: Date }): Date[] {
  const { pings, everyMinutes } = monitor;
  if (pings === "never") return [];
  const first = new Date(Math.max(since.getTime(), now.getTime() - historyDays * day));
  // Jobs run a little more often than is expected of them, else every second ping would be late.
  const every = 0.92 * everyMinutes * minute;
  const last = pings === "onTime" ? now.getTime() : now.getTime() - pings.stoppedHoursAgo * 60 * minute;
  const times: Date[] = [];
  if (schedule.scheduleKind === "cron") {
    for (let [at] = upcoming(schedule, first, 1); at && at.getTime() < last - 10 * minute; [at] = upcoming(schedule, at, 1))
      times.push(new Date(at.getTime() + Math.floor((1 + 8 * random()) * minute)));
    return times;
  }
  const end = pings === "onTime" ? last - 0.4 * every : last;
  const count = Math.max(1, Math.floor((end - first.getTime()) / every) + 1);
  for (let index = 0; index < count; index += 1) times.push(new Date(end - index * every + Math.floor(random() * 0.06 * every)));
  const outage = monitor.outage && { from: now.getTime() - monitor.outage.hoursAgo * 60 * minute, minutes: monitor.outage.minutes };
  return times.toReversed().filter((at) => !outage || at.getTime() < outage.from || at.getTime() > outage.from + outage.minutes * minute);
}

/** Goes through the pings as the worker would have. */
function whatBecame(monitor: Schedule & { graceSeconds: number; since: Date }, pings: readonly Date[], now: Date) {
  const changes: Change[] = [];
  let watched: Watched = {
    ...monitor,
    state: "waiting",
    stateSince: monitor.since,
    lastPingAt: null,
    lastPingKind: null,
    lastStartedAt: null,
  };
  let nextCheckAt = null as Date | null;
  const look = (at: Date) => {
    const found = judge(watched, at);
    nextCheckAt = found.nextCheckAt;
    if (found.state === watched.state) return;
    changes.push({ from: watched.state, to: found.state, at: found.since });
    watched = { ...watched, state: found.state, stateSince: found.since };
  };
  for (const ping of [...pings, now]) {
    for (let due: Date | null = nextCheckAt; due && due < ping; due = nextCheckAt) look(due);
    if (ping !== now) watched = { ...watched, lastPingAt: ping, lastPingKind: "success" };
    look(ping);
  }
  return { changes, state: watched.state, stateSince: watched.stateSince, nextCheckAt };
}
