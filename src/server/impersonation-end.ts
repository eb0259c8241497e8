import { expandRoles } from "#domain/roles.ts";
import type { ActorType, StaffRole } from "#generated/prisma/enums.ts";
import { staffRolesOf, staffSessionIsOpen } from "./auth/find-staff-actor.ts";
import { reader } from "./db.ts";
import { supportAccessStands } from "./support-access.ts";

/** What became of an impersonation that no longer counts, in a sentence, with the status of a page that says so. */
export async function explainEnd(id: string): Promise<{ status: number; sentence: string }> {
  const [row] = await reader().$queryRaw<Row[]>`
    SELECT i."endedAt", i."staffMemberId", i."expiresAt" <= now() AS "expired", s."endedAt" IS NOT NULL AS "signedOut",
      NOT (${staffSessionIsOpen}) AS "sessionOver", ${staffRolesOf} AS "roles", u."name" AS "userName", o."name" AS "organizationName",
      EXISTS (SELECT 1 FROM "Membership" p WHERE p."userId" = u."id" AND p."organizationId" = o."id") AS "belongs",
      ${supportAccessStands} AS "allowed"
    FROM "Impersonation" i JOIN "StaffSession" s ON s."id" = i."staffSessionId" JOIN "StaffMember" m ON m."id" = i."staffMemberId"
    JOIN "User" u ON u."id" = i."userId" JOIN "Organization" o ON o."id" = i."organizationId" WHERE i."id" = ${id}`;
  if (!row) return { status: 410, sentence: "The customer that you were viewing as is gone." };
  if (row.endedAt) {
    const ender = await whoEnded(id, row.endedAt);
    if (!isLapsed(row, ender)) return { status: 410, sentence: describeEnd(row, ender) };
  } else if (row.expired) return { status: 410, sentence: "It has expired: its 30 minutes have passed." };
  if (row.signedOut) return { status: 401, sentence: "Your staff session was ended, and this with it." };
  if (row.sessionOver) return { status: 401, sentence: "Your staff session has run out, and this with it." };
  if (!expandRoles(row.roles).includes("support")) return { status: 403, sentence: "You no longer have the role that this takes." };
  if (!row.belongs) return { status: 403, sentence: `${row.userName} is no longer in ${row.organizationName}.` };
  if (!row.allowed) return { status: 403, sentence: `${row.organizationName} does not allow this any more.` };
  return { status: 403, sentence: "You may no longer view as this person." };
}

type Row = {
  endedAt: Date | null;
  staffMemberId: string;
  expired: boolean;
  signedOut: boolean;
  sessionOver: boolean;
  roles: StaffRole[];
  userName: string;
  organizationName: string;
  belongs: boolean;
  /** By the customer. */
  allowed: boolean;
};
type Ender = { actorType: ActorType; actorId: string; actorLabel: string };

/** Whoever's event changed that row, by the audit: the row itself does not say. */
async function whoEnded(id: string, endedAt: Date): Promise<Ender | null> {
  const [event] = await reader().$queryRaw<Ender[]>`
    SELECT e."actorType"::text AS "actorType", e."actorId", e."actorLabel"
    FROM "AuditChange" c JOIN "AuditEvent" e ON e."id" = c."eventId" AND e."at" BETWEEN c."at" - interval '1 minute' AND c."at"
    WHERE c."rowId" = ${id} AND c."tableName" = 'Impersonation' AND c."after" -> 'endedAt' IS NOT NULL
      AND c."at" BETWEEN ${endedAt}::timestamptz - interval '1 minute' AND ${endedAt}::timestamptz + interval '1 minute'
    ORDER BY c."at" DESC LIMIT 1`;
  return event ?? null;
}

/** The worker ends what lost its ground within seconds. Why is the same before and after, as long as one ground alone is gone. */
function isLapsed({ sessionOver, allowed }: Row, ender: Ender | null): boolean {
  return ender?.actorType === "system" && sessionOver === allowed;
}

function describeEnd({ staffMemberId, organizationName }: Row, ender: Ender | null): string {
  if (ender?.actorId === staffMemberId) return "You ended it.";
  if (ender?.actorType === "user") return `${ender.actorLabel} of ${organizationName} withdrew the access.`;
  if (ender?.actorType === "system") return `What it stood on is gone: your staff session, or the word of ${organizationName}.`;
  return ender ? `It was ended by ${ender.actorLabel}.` : "It was ended.";
}
