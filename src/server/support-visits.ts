import { Prisma } from "#generated/prisma/client.ts";
import type { ImpersonationMode } from "#generated/prisma/enums.ts";
import { staffSessionIsOpen } from "./auth/find-staff-actor.ts";
import { reader } from "./db.ts";
import { supportAccessStands } from "./support-access.ts";

/** Somebody of the staff who sits in this person's seat right now. */
export type SupportVisit = {
  id: string;
  staffName: string;
  mode: ImpersonationMode;
  /** As ISO text. */
  until: string;
  reason: string;
  organizationName: string;
  slug: string;
};

/** SQL: who of the staff is viewing as this person at this moment, as a JSON list. */
export function supportVisitsOf(userId: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`coalesce((
    SELECT json_agg(json_build_object('id', i."id", 'staffName', m."name", 'mode', i."mode", 'until', i."expiresAt",
      'reason', CASE i."mode" WHEN 'write' THEN coalesce(i."writeReason", i."reason") ELSE i."reason" END,
      'organizationName', o."name", 'slug', o."slug") ORDER BY i."id")
    FROM "Impersonation" i
    JOIN "StaffSession" s ON s."id" = i."staffSessionId"
    JOIN "StaffMember" m ON m."id" = i."staffMemberId"
    JOIN "Organization" o ON o."id" = i."organizationId"
    WHERE i."userId" = ${userId} AND i."endedAt" IS NULL AND i."expiresAt" > now() AND ${staffSessionIsOpen} AND ${supportAccessStands}
  ), '[]')`;
}

export async function findSupportVisits(userId: string): Promise<SupportVisit[]> {
  const [row] = await reader().$queryRaw<{ visits: SupportVisit[] }[]>`SELECT ${supportVisitsOf(Prisma.sql`${userId}`)} AS "visits"`;
  return row?.visits ?? [];
}
