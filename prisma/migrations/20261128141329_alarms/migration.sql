-- CreateEnum
CREATE TYPE "AlarmRule" AS ENUM ('unattributedWrite');

-- CreateTable
CREATE TABLE "Alarm" (
    "id" TEXT NOT NULL DEFAULT new_id('alm'),
    "rule" "AlarmRule" NOT NULL,
    "events" INTEGER NOT NULL,
    "firstEventId" TEXT NOT NULL,
    "firstAt" TIMESTAMPTZ(3) NOT NULL,
    "lastEventId" TEXT NOT NULL,
    "lastAt" TIMESTAMPTZ(3) NOT NULL,
    "actorIds" TEXT[],
    "raisedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT now(),

    CONSTRAINT "Alarm_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "AlarmCause" (
    "eventId" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "rule" "AlarmRule" NOT NULL,
    "alarmId" TEXT,

    CONSTRAINT "AlarmCause_pkey" PRIMARY KEY ("eventId")
);

-- CreateIndex
CREATE INDEX "AlarmCause_alarmId_idx" ON "AlarmCause"("alarmId");

-- AddForeignKey
ALTER TABLE "AlarmCause" ADD CONSTRAINT "AlarmCause_alarmId_fkey" FOREIGN KEY ("alarmId") REFERENCES "Alarm"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- The worker says which alarm told of an event. It neither makes causes nor forgets any, and changes no alarm.
GRANT SELECT, INSERT ("rule", "events", "firstEventId", "firstAt", "lastEventId", "lastAt", "actorIds") ON "Alarm" TO countersign_app;
GRANT SELECT, UPDATE ("alarmId") ON "AlarmCause" TO countersign_app;
GRANT SELECT ON "Alarm", "AlarmCause" TO countersign_reader;

-- The event and what calls for an alarm are one transaction: a late commit is told late, and one that is rolled back never.
-- What is older than this is in the audit, and staff are not told of it.
CREATE OR REPLACE FUNCTION audit_unattributed(change text) RETURNS text
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  event record;
BEGIN
  INSERT INTO "AuditEvent" ("actorType", "actorId", "actorLabel", "operation", "outcome", "summary", "sourceIp", "userAgent")
  VALUES ('database', session_user, 'Database role ' || session_user, 'database.write', 'succeeded',
          change || ' from outside the application', host(inet_client_addr()), current_setting('application_name', true))
  RETURNING "id", "at" INTO event;
  INSERT INTO "AlarmCause" ("eventId", "at", "rule") VALUES (event."id", event."at", 'unattributedWrite');
  PERFORM set_config('countersign.event_id', event."id", true);
  RETURN event."id";
END
$$;
