import { Prisma } from "#generated/prisma/client.ts";
import { staffRolesOf } from "./find-staff-actor.ts";

/** SQL, after FROM: staff who signed in within the last month, with the roles of their latest sign-in and those granted here. */
export const recentStaff = Prisma.sql`(
  SELECT m."id", m."subject", m."email", m."name", ${staffRolesOf} AS "roles" FROM "StaffMember" m
  JOIN LATERAL (
    SELECT x."groupRoles" FROM "StaffSession" x WHERE x."staffMemberId" = m."id" AND x."createdAt" > now() - interval '30 days'
    ORDER BY x."createdAt" DESC LIMIT 1
  ) s ON true)`;
