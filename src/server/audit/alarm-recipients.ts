import { alarmRole } from "#domain/alarms.ts";
import { expandRoles } from "#domain/roles.ts";
import type { StaffRole } from "#generated/prisma/enums.ts";
import type { Transaction } from "../db.ts";
import type { Recipient } from "../effects/mail.ts";

/** Staff who are told of alarms, as their latest sign-in of the last month and the roles granted here say. */
export async function findAlarmRecipients(db: Pick<Transaction, "$queryRaw">): Promise<Recipient[]> {
  const staff = await db.$queryRaw<(Recipient & { roles: StaffRole[] })[]>`
    SELECT m."email", m."name",
      s."groupRoles"::text[] || ARRAY(SELECT g."role"::text FROM "StaffRoleGrant" g WHERE g."staffMemberId" = m."id") AS "roles"
    FROM "StaffMember" m
    JOIN LATERAL (
      SELECT x."groupRoles" FROM "StaffSession" x WHERE x."staffMemberId" = m."id" AND x."createdAt" > now() - interval '30 days'
      ORDER BY x."createdAt" DESC LIMIT 1
    ) s ON true
    ORDER BY m."id"`;
  return staff.filter(({ roles }) => expandRoles(roles).includes(alarmRole)).map(({ email, name }) => ({ email, name }));
}
