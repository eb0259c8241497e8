import { describeSecurityEvent, securityEvents } from "#domain/security-events.ts";
import { Prisma } from "#generated/prisma/client.ts";
import type { ActorType } from "#generated/prisma/enums.ts";
import { reader } from "#server/db.ts";

const most = 20;

type Row = {
  id: string;
  at: Date;
  actorType: ActorType;
  actorId: string;
  operation: string;
  outcome: string;
  sourceIp: string | null;
  userAgent: string | null;
};
export type SecurityEvent = { id: string; at: Date; what: string; who: string; sourceIp: string | null; userAgent: string | null };

/** What lately happened to this person's ways to sign in, newest first, whoever did it. */
export async function findSecurityEvents(userId: string): Promise<SecurityEvent[]> {
  const known = Object.keys(securityEvents);
  const part = (where: Prisma.Sql) => Prisma.sql`(
    SELECT "id", "at", "actorType", "actorId", "operation", "outcome"::text AS "outcome", "sourceIp", "userAgent" FROM "AuditEvent"
    WHERE ${where} AND "operation" = ANY(${known}) ORDER BY "at" DESC, "id" DESC LIMIT ${most * 2}::int)`;
  const ownSessions = Prisma.sql`"targetId" IN (SELECT "id" FROM "Session" WHERE "userId" = ${userId})`;
  const rows = await reader().$queryRaw<Row[]>`
    SELECT DISTINCT * FROM (
      ${part(Prisma.sql`"targetId" = ${userId}`)} UNION ALL ${part(Prisma.sql`"actorId" = ${userId}`)} UNION ALL ${part(ownSessions)}
    ) AS found ORDER BY "at" DESC, "id" DESC LIMIT ${most * 2}::int`;
  return rows
    .flatMap((row) => {
      const what = describeSecurityEvent(row.operation, row.outcome);
      return what ? [{ ...row, what }] : [];
    })
    .slice(0, most)
    .map((row) => {
      const ofStaff = row.actorType === "staff";
      const { id, at, what } = row;
      return { id, at, what, who: whoIs(row, userId), sourceIp: ofStaff ? null : row.sourceIp, userAgent: ofStaff ? null : row.userAgent };
    });
}

/** Of the vendor's people the name is not told here: the page on support access tells it, with the reason. */
function whoIs({ actorType, actorId, operation }: Row, userId: string): string {
  if (actorType === "staff") return "Countersign staff";
  if (actorId === userId) return "You";
  return actorType === "system" && operation !== "user.signIn" ? "Countersign" : "Somebody";
}
