import { dueAfter, type Schedule } from "./schedules.ts";

/** Waiting for its first ping; on time; late, within the grace; down. */
export type MonitorState = "waiting" | "up" | "late" | "down";

export type Watched = Schedule & {
  graceSeconds: number;
  /** What was found last, and since when it is so. */
  state: MonitorState;
  stateSince: Date;
  /** The latest ping that ended a run, and how it ended. */
  lastPingAt: Date | null;
  lastPingKind: "success" | "start" | "fail" | null;
  lastStartedAt: Date | null;
};

/** Its job said so; a run began and did not end; nothing came. */
export type WhyDown = "failed" | "unfinished" | "silent";

/** The state now, since when, and when to look again; null where only a ping can change it. */
export type Finding = { state: MonitorState; since: Date; nextCheckAt: Date | null; why?: WhyDown };

/**
 * Expected at its due time, late from then on, down when the grace is over too; down at once by a ping that says so, and
 * when a run that began does not end within the grace. What is down gets up by a success, not by a run that begins.
 * What waits forgets the pings before: it was not watched.
 */
export function judge(monitor: Watched, now: Date): Finding {
  const ended = counts(monitor, monitor.lastPingAt);
  const started = counts(monitor, monitor.lastStartedAt);
  const running = started && (!monitor.lastPingAt || started > monitor.lastPingAt) ? started : null;
  if (ended && monitor.lastPingKind === "fail") return { state: "down", since: ended, nextCheckAt: null, why: "failed" };
  if (running) return judgeRun(monitor, { running, ended, now });
  if (!ended) return { state: "waiting", since: monitor.stateSince, nextCheckAt: null };
  const due = dueAfter(monitor, ended);
  return byTheClock({ due, over: plus(due, monitor.graceSeconds), why: "silent", onTime: { state: "up", since: ended }, now });
}

type Run = { running: Date; ended: Date | null; now: Date };

function judgeRun(monitor: Watched, { running, ended, now }: Run): Finding {
  const { state, stateSince, graceSeconds } = monitor;
  if (state === "down") return { state, since: stateSince, nextCheckAt: null, why: "unfinished" };
  const finishBy = plus(running, graceSeconds);
  const why = "unfinished";
  if (!ended) return byTheClock({ due: finishBy, over: finishBy, why, onTime: { state: "waiting", since: stateSince }, now });
  const due = dueAfter(monitor, ended);
  const over = plus(due, graceSeconds);
  const tooLate = running > over;
  return byTheClock({
    due,
    over: tooLate ? over : finishBy,
    why: tooLate ? "silent" : why,
    onTime: { state: "up", since: ended },
    now,
  });
}

type Clock = { due: Date; over: Date; why: WhyDown; onTime: Pick<Finding, "state" | "since">; now: Date };

function byTheClock({ due, over, why, onTime, now }: Clock): Finding {
  if (now >= over) return { state: "down", since: over, nextCheckAt: null, why };
  if (now >= due) return { state: "late", since: due, nextCheckAt: over };
  return { ...onTime, nextCheckAt: due < over ? due : over };
}

function counts({ state, stateSince }: Watched, at: Date | null): Date | null {
  return at && (state !== "waiting" || at > stateSince) ? at : null;
}

function plus(time: Date, seconds: number): Date {
  return new Date(time.getTime() + seconds * 1_000);
}
