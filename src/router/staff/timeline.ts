import { reader } from "#server/db.ts";

const shown = {
  id: true,
  at: true,
  actorType: true,
  actorId: true,
  actorLabel: true,
  onBehalfOfLabel: true,
  operation: true,
  outcome: true,
  targetLabel: true,
  summary: true,
  reason: true,
  ticket: true,
} as const;

/** What staff and customers did about an organization, newest first. */
export function organizationTimeline(organizationId: string) {
  return reader().auditEvent.findMany({ where: { organizationId }, orderBy: [{ at: "desc" }, { id: "desc" }], take: 15, select: shown });
}

/** What was done about one thing that belongs to no customer. */
export function targetTimeline(targetId: string) {
  return reader().auditEvent.findMany({ where: { targetId }, orderBy: [{ at: "desc" }, { id: "desc" }], take: 15, select: shown });
}

/** What was done to, by and on behalf of a person. */
export async function userTimeline(userId: string) {
  const options = { orderBy: [{ at: "desc" as const }, { id: "desc" as const }], take: 15, select: shown };
  const found = await Promise.all([
    reader().auditEvent.findMany({ where: { targetId: userId }, ...options }),
    reader().auditEvent.findMany({ where: { actorId: userId }, ...options }),
    reader().auditEvent.findMany({ where: { onBehalfOfId: userId }, ...options }),
  ]);
  const events = new Map(found.flat().map((event) => [event.id, event]));
  return [...events.values()].sort((a, b) => b.at.getTime() - a.at.getTime()).slice(0, 15);
}
