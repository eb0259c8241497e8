import { alarmRole } from "#domain/alarms.ts";
import { expandRoles } from "#domain/roles.ts";
import type { StaffRole } from "#generated/prisma/enums.ts";
import { recentStaff } from "../auth/recent-staff.ts";
import type { Transaction } from "../db.ts";
import type { Recipient } from "../effects/mail.ts";

/** Staff who are told of alarms. */
export async function findAlarmRecipients(db: Pick<Transaction, "$queryRaw">): Promise<Recipient[]> {
  const staff = await db.$queryRaw<(Recipient & { roles: StaffRole[] })[]>`
    SELECT "email", "name", "roles" FROM ${recentStaff} AS staff ORDER BY "id"`;
  return staff.filter(({ roles }) => expandRoles(roles).includes(alarmRole)).map(({ email, name }) => ({ email, name }));
}
