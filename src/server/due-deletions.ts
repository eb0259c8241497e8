import { reminderDays } from "#domain/deletion.ts";
import { reader, writer } from "./db.ts";

const most = 20;
const rows = 20_000;

type Due = { organizationId: string };

/**
 * Organizations whose day has come. A little later than that, so that a restore which began before has ended: what is
 * deleted from here on is not all audited, and does not come back. Whoever waits for the payment provider waits here too:
 * what that has to do, such as to stop billing, goes with the organization.
 */
export async function findDueDeletions(): Promise<string[]> {
  const due = await reader().$queryRaw<Due[]>`
    SELECT "organizationId" FROM "ScheduledDeletion" d WHERE "dueAt" < now() - interval '15 seconds'
      AND NOT EXISTS (SELECT 1 FROM "StripeCall" c WHERE c."organizationId" = d."organizationId" AND c."state" = 'pending')
    ORDER BY "dueAt", "id" LIMIT ${most}`;
  return due.map(({ organizationId }) => organizationId);
}

export async function findDueReminders(): Promise<string[]> {
  const due = await reader().$queryRaw<Due[]>`
    SELECT "organizationId" FROM "ScheduledDeletion"
    WHERE "remindedAt" IS NULL AND "dueAt" > now() AND "dueAt" < now() + make_interval(days => ${reminderDays}) ORDER BY "dueAt", "id" LIMIT ${most}`;
  return due.map(({ organizationId }) => organizationId);
}

/** Deletes a due organization's telemetry, a bounded number of rows; answers whether there was less than that. */
export async function deleteSomeTelemetry(organizationId: string): Promise<{ done: boolean }> {
  const deleted = await writer().$queryRaw<unknown[]>`
    DELETE FROM "Ping" WHERE "id" IN (
      SELECT p."id" FROM "ScheduledDeletion" d JOIN "Monitor" m USING ("organizationId") JOIN "Ping" p ON p."monitorId" = m."id"
      WHERE d."organizationId" = ${organizationId} AND d."dueAt" < now() LIMIT ${rows}
    ) RETURNING 1 AS "one"`;
  return { done: deleted.length < rows };
}
