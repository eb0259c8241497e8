import { unattributedWrites } from "#domain/mails/unattributed-writes.ts";
import { type Transaction, transaction } from "../db.ts";
import { enqueue } from "../effects/effect.ts";
import { mail } from "../effects/mail.ts";
import { log } from "../log.ts";
import { systemContext } from "../system-context.ts";
import { findAlarmRecipients } from "./alarm-recipients.ts";
import { findOutsideChanges } from "./outside-changes.ts";

/** What is beyond is told in the next round; a statement has ten seconds. */
const mostInAnAlarm = 20_000;

type Raised = { id: string; events: number; firstEventId: string; firstAt: Date; lastEventId: string; lastAt: Date; actorIds: string[] };

/** Tells staff of what was changed from outside the application and nobody was told of: one alarm for all of it, or none. */
export async function raiseUnattributedWriteAlarm(): Promise<void> {
  await transaction(async (db) => {
    const alarm = await insertAlarm(db);
    if (!alarm) return;
    const { id: alarmId, events, firstEventId, firstAt, lastEventId, lastAt, actorIds: databaseRoles } = alarm;
    const recipients = await findAlarmRecipients(db);
    const changes = await findOutsideChanges(db, alarmId);
    const data = { events, firstAt: firstAt.toISOString(), lastAt: lastAt.toISOString(), databaseRoles, ...changes };
    const mails = recipients.map((to) => mail(unattributedWrites, { to, data }));
    await enqueue(db, mails, { context: systemContext("Alarms"), eventId: firstEventId, organizationId: null });
    // Before the commit, so that no alarm is without its line; a line too many does no harm.
    log.error(
      { alarmId, events, firstEventId, firstAt, lastEventId, lastAt, databaseRoles, mails: mails.length },
      "data was changed from outside the application",
    );
  });
}

/**
 * Takes all that is untold and that no other worker is just taking. Written so that each is looked up by an index: of how
 * much is untold PostgreSQL knows nothing, and a join that is good for one takes minutes for thousands.
 */
async function insertAlarm(db: Transaction): Promise<Raised | undefined> {
  const [alarm] = await db.$queryRaw<Raised[]>`
    WITH untold AS MATERIALIZED (
      SELECT "eventId", "at" FROM "AlarmCause" WHERE "alarmId" IS NULL AND "rule" = 'unattributedWrite'
      ORDER BY "at", "eventId" LIMIT ${mostInAnAlarm} FOR UPDATE SKIP LOCKED
    ), alarm AS (
      INSERT INTO "Alarm" ("rule", "events", "firstEventId", "firstAt", "lastEventId", "lastAt", "actorIds")
      SELECT 'unattributedWrite'::"AlarmRule", count(*),
        (array_agg("eventId" ORDER BY "at", "eventId"))[1], min("at"),
        (array_agg("eventId" ORDER BY "at" DESC, "eventId" DESC))[1], max("at"),
        array_remove(array_agg(DISTINCT "actorId"), NULL)
      FROM untold LEFT JOIN LATERAL (
        SELECT "actorId" FROM "AuditEvent" WHERE "id" = untold."eventId" AND "at" = untold."at" OFFSET 0
      ) event ON true
      HAVING count(*) > 0
      RETURNING "id", "events", "firstEventId", "firstAt", "lastEventId", "lastAt", "actorIds"
    ), told AS (
      UPDATE "AlarmCause" SET "alarmId" = (SELECT "id" FROM alarm) WHERE "eventId" = ANY (ARRAY(SELECT "eventId" FROM untold))
    )
    SELECT * FROM alarm`;
  return alarm;
}
