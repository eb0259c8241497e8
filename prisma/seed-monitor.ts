import type { Transaction } from "#server/db.ts";
import { idAt, type Random } from "./random.ts";
import type { WorldMonitor } from "./world/types.ts";

const minute = 60_000;
const historyDays = 4;

/** A monitor with the pings of the last days, each a little off its schedule. */
export async function seedMonitor(
  db: Transaction,
  { organizationId, monitor, createdAt }: { organizationId: string; monitor: WorldMonitor; createdAt: Date },
  { now, random }: { now: Date; random: Random },
): Promise<void> {
  const pings = pingTimes(monitor, { now, random, since: createdAt });
  const { id: monitorId } = await db.monitor.create({
    data: {
      id: idAt("mon", createdAt, random),
      organizationId,
      name: monitor.name,
      createdAt,
      lastPingAt: pings.at(-1) ?? null,
      intervalSeconds: monitor.everyMinutes * 60,
      graceSeconds: monitor.graceMinutes * 60,
    },
    select: { id: true },
  });
  await db.ping.createMany({ data: pings.map((at) => ({ monitorId, at })) });
}

function pingTimes({ everyMinutes, pings }: WorldMonitor, { now, random, since }: { now: Date; random: Random; since: Date }): Date[] {
  if (pings === "never") return [];
  const every = everyMinutes * minute;
  const last = now.getTime() - (pings === "onTime" ? 0.4 * every : pings.stoppedHoursAgo * 60 * minute);
  const first = Math.max(since.getTime(), now.getTime() - historyDays * 24 * 60 * minute);
  const count = Math.max(1, Math.floor((last - first) / every) + 1);
  const times = Array.from({ length: count }, (_, index) => new Date(last - index * every - Math.floor(random() * 0.1 * every)));
  return times.toReversed();
}
