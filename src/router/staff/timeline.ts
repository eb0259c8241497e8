import { type AuditEvent, Prisma } from "#generated/prisma/client.ts";
import { reader } from "#server/db.ts";
import { mayHaveInverse } from "#server/undo.ts";

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

export type FoundEvent = Pick<AuditEvent, keyof typeof shown>;

const columns = Prisma.raw(
  Object.keys(shown)
    .map((name) => `"${name}"`)
    .join(", "),
);

/** SQL: what staff and customers did about an organization, newest first. */
export function latestEventsOf(organizationId: string): Prisma.Sql {
  return Prisma.sql`SELECT ${columns} FROM "AuditEvent" WHERE "organizationId" = ${organizationId} ORDER BY "at" DESC, "id" DESC LIMIT ${most}`;
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

type Found = Parameters<typeof mayHaveInverse>[0] & { id: string };

/** Adds where an event is taken back, if its operation can be: whether this change still can is asked when that is opened. */
export function withWayBack<Event extends Found>(events: readonly Event[]) {
  return events.map((event) => ({ ...event, wayBack: mayHaveInverse(event) ? `/admin/audit/${event.id}/take-back` : null }));
}
