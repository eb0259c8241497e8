import type { MonitorState } from "#domain/monitor-state.ts";
import { stateTimeline } from "#domain/state-timeline.ts";
import { reader } from "#server/db.ts";
import { findLimits } from "#server/limits.ts";
import { whenPinged } from "./pings.ts";

type Monitor = { id: string; organizationId: string; createdAt: Date; state: MonitorState };

const day = 86_400_000;
const mostChanges = 1_000;
const shownChanges = 50;

/** How a monitor has been for as long as its organization keeps it, or since it exists. */
export async function findMonitorHistory({ id, organizationId, createdAt, state }: Monitor, now = new Date()) {
  const days = await findHistoryDays(organizationId);
  const start = new Date(Math.max(createdAt.getTime(), now.getTime() - days * day));
  const from = start < now ? start : now;
  const [changes, pinged] = await Promise.all([
    reader().monitorStateChange.findMany({
      where: { monitorId: id, at: { gte: from } },
      orderBy: [{ at: "desc" }, { id: "desc" }],
      take: mostChanges,
      select: { id: true, from: true, to: true, at: true },
    }),
    whenPinged({ monitorId: id, from, to: now }),
  ]);
  // Of more changes than that, the timeline begins with the oldest of those.
  const shownFrom = changes.length === mostChanges ? (changes.at(-1)?.at ?? from) : from;
  return {
    days,
    from: shownFrom,
    to: now,
    segments: stateTimeline({ changes: changes.toReversed(), state, from: shownFrom, to: now }),
    pinged: pinged.filter((at) => at >= shownFrom),
    changes: changes.slice(0, shownChanges),
  };
}

async function findHistoryDays(organizationId: string): Promise<number> {
  const [limits, organization] = await Promise.all([
    findLimits(reader(), organizationId),
    reader().organization.findUnique({ where: { id: organizationId }, select: { retentionDays: true } }),
  ]);
  return Math.min(limits?.historyDays ?? 0, organization?.retentionDays ?? Number.POSITIVE_INFINITY);
}
