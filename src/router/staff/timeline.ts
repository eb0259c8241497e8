import type { Change } from "#server/audit/changes.ts";
import { reader } from "#server/db.ts";
import { findInverse } from "../find-inverse.ts";
import { operationsByName } from "../registry.ts";
import { billingOpening } from "./record-billing-opening.ts";

const shown = {
  id: true,
  at: true,
  actorType: true,
  actorId: true,
  actorLabel: true,
  onBehalfOfLabel: true,
  operation: true,
  outcome: true,
  targetId: true,
  targetLabel: true,
  summary: true,
  reason: true,
  ticket: true,
} as const;

const most = 15;
const newest = { orderBy: [{ at: "desc" as const }, { id: "desc" as const }], take: most, select: shown };

/** What staff and customers did about an organization, newest first; without that its page was opened. */
export async function organizationTimeline(organizationId: string) {
  return withWayBack(await reader().auditEvent.findMany({ where: { organizationId, operation: { not: billingOpening } }, ...newest }));
}

/** What was done about one thing that belongs to no customer. */
export async function targetTimeline(targetId: string) {
  return withWayBack(await reader().auditEvent.findMany({ where: { targetId }, ...newest }));
}

/** What was done to, by and on behalf of a person. */
export async function userTimeline(userId: string) {
  const found = await Promise.all([
    reader().auditEvent.findMany({ where: { targetId: userId }, ...newest }),
    reader().auditEvent.findMany({ where: { actorId: userId }, ...newest }),
    reader().auditEvent.findMany({ where: { onBehalfOfId: userId }, ...newest }),
  ]);
  const events = new Map(found.flat().map((event) => [event.id, event]));
  return withWayBack([...events.values()].sort((a, b) => b.at.getTime() - a.at.getTime()).slice(0, most));
}

type Found = Parameters<typeof findInverse>[0] & { at: Date };

/** Adds the operation that takes an event back, where one is declared: whether it still can be is asked when it is opened. */
async function withWayBack<Event extends Found>(events: readonly Event[]) {
  const candidates = events.filter(({ outcome, operation }) => outcome === "succeeded" && operationsByName.get(operation)?.inverse);
  const times = candidates.map(({ at }) => at.getTime());
  const changes =
    candidates.length === 0
      ? []
      : await reader().auditChange.findMany({
          where: {
            eventId: { in: candidates.map(({ id }) => id) },
            at: { gte: new Date(Math.min(...times) - 1_000), lte: new Date(Math.max(...times) + 15_000) },
          },
          take: 500,
        });
  const byEvent = Map.groupBy(changes, ({ eventId }) => eventId);
  return events.map((event) => ({ ...event, wayBack: findInverse(event, (byEvent.get(event.id) ?? []) as unknown as Change[]) }));
}
