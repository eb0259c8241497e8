-- The state as what it is in the queue, so that its index serves; attempts as people count them; and what a dead worker's jobs say.
DROP VIEW "Job";
CREATE VIEW "Job" AS
SELECT j."id", j."name" AS "queue", j."state", j."priority",
  CASE WHEN j."started_on" IS NULL THEN 0 ELSE j."retry_count" + 1 END AS "attempts", j."retry_limit" + 1 AS "mostAttempts",
  j."created_on" AS "createdAt", j."start_after" AS "startAfter", j."started_on" AS "startedAt", j."completed_on" AS "completedAt",
  j."heartbeat_on" AS "heartbeatAt",
  left(coalesce(j."output" ->> 'message', j."output" -> 'value' ->> 'message', j."output" ->> 'value'), 1000) AS "message",
  j."dead_letter" AS "deadLetter", j."data" -> 'payload' ->> 'mail' AS "mail", j."data" -> 'payload' ->> 'callId' AS "stripeCallId",
  j."data" -> 'origin' ->> 'eventId' AS "eventId", j."data" -> 'origin' ->> 'organizationId' AS "organizationId"
FROM pgboss.job j;
GRANT SELECT ON "Job" TO countersign_app, countersign_reader;
-- For the names of the states; the tables themselves stay closed.
GRANT USAGE ON SCHEMA pgboss TO countersign_reader;

CREATE INDEX job_of_state ON pgboss.job (name, state, created_on);
CREATE INDEX job_of_time ON pgboss.job (created_on);
