-- Capturing every changed row, and keeping what was captured.

CREATE FUNCTION audit_mask(value text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE
    WHEN value IS NULL THEN NULL
    WHEN position('@' IN value) > 1 THEN left(value, 1) || '•••@' || split_part(value, '@', 2)
    ELSE left(value, 1) || '•••'
  END
$$;

-- A row as the audit may keep it: without telemetry, secrets hidden, personal data masked.
CREATE FUNCTION audit_redact(source jsonb, secret text[], personal text[], telemetry text[]) RETURNS jsonb
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE SET search_path = public, pg_temp AS $$
DECLARE
  field text;
BEGIN
  source := source - telemetry;
  FOREACH field IN ARRAY secret LOOP
    IF source ->> field IS NOT NULL THEN source := jsonb_set(source, ARRAY[field], '"[secret]"'); END IF;
  END LOOP;
  FOREACH field IN ARRAY personal LOOP
    IF source ->> field IS NOT NULL THEN source := jsonb_set(source, ARRAY[field], to_jsonb(audit_mask(source ->> field))); END IF;
  END LOOP;
  RETURN source;
END
$$;

-- A change from outside the application still gets an event, one for each transaction; alerts are raised on it.
CREATE FUNCTION audit_unattributed(change text) RETURNS text
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  event_id text;
BEGIN
  INSERT INTO "AuditEvent" ("actorType", "actorId", "actorLabel", "operation", "outcome", "summary", "sourceIp", "userAgent")
  VALUES ('database', session_user, 'Database role ' || session_user, 'database.write', 'succeeded',
          change || ' from outside the application', host(inet_client_addr()), current_setting('application_name', true))
  RETURNING "id" INTO event_id;
  PERFORM set_config('countersign.event_id', event_id, true);
  RETURN event_id;
END
$$;

-- The event that this transaction wrote, or NULL: an id left over from, or forged for, another transaction does not count.
CREATE FUNCTION audit_current_event() RETURNS text
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
  SELECT "id" FROM "AuditEvent"
  WHERE "id" = current_setting('countersign.event_id', true)
    AND "at" >= now() - interval '1 second'
    AND "transactionId" = pg_current_xact_id_if_assigned()::text
$$;

CREATE FUNCTION audit_capture() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  secret text[] := tg_argv[0];
  personal text[] := tg_argv[1];
  telemetry text[] := tg_argv[2];
  old_row jsonb := CASE WHEN tg_op <> 'INSERT' THEN to_jsonb(old) END;
  new_row jsonb := CASE WHEN tg_op <> 'DELETE' THEN to_jsonb(new) END;
  before_row jsonb := audit_redact(old_row, secret, personal, telemetry);
  after_row jsonb := audit_redact(new_row, secret, personal, telemetry);
  event_id text;
BEGIN
  IF old_row - telemetry = new_row - telemetry THEN
    RETURN NULL;
  END IF;

  event_id := audit_current_event();
  IF event_id IS NULL THEN
    IF session_user = 'countersign_app' THEN
      RAISE EXCEPTION '% on "%" without an audit event in the same transaction', tg_op, tg_table_name
        USING ERRCODE = 'CS001', HINT = 'Change data in an operation, or inside audited().';
    END IF;
    event_id := audit_unattributed(format('%s on %s', tg_op, tg_table_name));
  END IF;

  IF tg_op = 'UPDATE' THEN
    SELECT jsonb_object_agg(key, before_row -> key), jsonb_object_agg(key, after_row -> key)
      INTO before_row, after_row
      FROM jsonb_object_keys(new_row - telemetry) AS key
      WHERE old_row -> key IS DISTINCT FROM new_row -> key;
  END IF;
  INSERT INTO "AuditChange" ("eventId", "tableName", "rowId", "before", "after")
  VALUES (event_id, tg_table_name, coalesce(old_row, new_row) ->> 'id', before_row, after_row);
  RETURN NULL;
END
$$;

-- No application role may truncate; whoever else does leaves a trace, though not of each row.
CREATE FUNCTION audit_capture_truncate() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM audit_unattributed(format('TRUNCATE on %s', tg_table_name));
  RETURN NULL;
END
$$;

CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'The audit is append-only: % on "%" is refused', tg_op, tg_table_name USING ERRCODE = 'CS002';
END
$$;

-- ALWAYS: they also fire where session_replication_role is replica.
CREATE PROCEDURE audit_table(name text, secret text[] DEFAULT '{}', personal text[] DEFAULT '{}', telemetry text[] DEFAULT '{}')
LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('CREATE TRIGGER audit_capture AFTER INSERT OR UPDATE OR DELETE ON %I FOR EACH ROW EXECUTE FUNCTION audit_capture(%L, %L, %L)',
                 name, secret, personal, telemetry);
  EXECUTE format('CREATE TRIGGER audit_capture_truncate BEFORE TRUNCATE ON %I EXECUTE FUNCTION audit_capture_truncate()', name);
  EXECUTE format('ALTER TABLE %I ENABLE ALWAYS TRIGGER audit_capture', name);
  EXECUTE format('ALTER TABLE %I ENABLE ALWAYS TRIGGER audit_capture_truncate', name);
END
$$;

CREATE PROCEDURE audit_make_append_only(name text) LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('CREATE TRIGGER audit_refuse BEFORE UPDATE OR DELETE ON %I FOR EACH ROW EXECUTE FUNCTION audit_refuse()', name);
  EXECUTE format('ALTER TABLE %I ENABLE ALWAYS TRIGGER audit_refuse', name);
END
$$;

CREATE PROCEDURE audit_refuse_truncate(name text) LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('CREATE TRIGGER audit_refuse_truncate BEFORE TRUNCATE ON %I EXECUTE FUNCTION audit_refuse()', name);
  EXECUTE format('ALTER TABLE %I ENABLE ALWAYS TRIGGER audit_refuse_truncate', name);
END
$$;

CREATE PROCEDURE create_audit_partition(parent text, month date) LANGUAGE plpgsql AS $$
DECLARE
  partition text := format('%s_%s', parent, to_char(month, 'YYYY_MM'));
BEGIN
  IF to_regclass(format('public.%I', partition)) IS NOT NULL THEN RETURN; END IF;
  EXECUTE format('CREATE TABLE %I PARTITION OF %I FOR VALUES FROM (%L) TO (%L)', partition, parent,
                 month::timestamp AT TIME ZONE 'UTC', (month + interval '1 month')::timestamp AT TIME ZONE 'UTC');
  EXECUTE format('ALTER TABLE %I ENABLE ALWAYS TRIGGER audit_refuse', partition);
  CALL audit_refuse_truncate(partition);
END
$$;

-- A month whose events went to the default partition already stays there, and must not keep the others from being made.
CREATE FUNCTION try_create_audit_partition(parent text, month date) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  CALL create_audit_partition(parent, month);
EXCEPTION WHEN check_violation THEN
  RAISE WARNING 'The partition of % for % cannot be made: its rows are in the default partition', parent, month;
END
$$;

-- This month and the next three; called by every start of the application, which may not create tables itself.
CREATE FUNCTION ensure_audit_partitions() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  month date;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtext('ensure_audit_partitions'));
  FOR month IN SELECT generate_series(date_trunc('month', now() AT TIME ZONE 'UTC'), now() AT TIME ZONE 'UTC' + interval '3 months', interval '1 month') LOOP
    PERFORM try_create_audit_partition('AuditEvent', month);
    PERFORM try_create_audit_partition('AuditChange', month);
  END LOOP;
END
$$;

CALL audit_make_append_only('AuditEvent');
CALL audit_make_append_only('AuditChange');
CALL audit_refuse_truncate('AuditEvent');
CALL audit_refuse_truncate('AuditChange');

-- Where no month fits, an event is kept rather than lost.
CREATE TABLE "AuditEvent_default" PARTITION OF "AuditEvent" DEFAULT;
CREATE TABLE "AuditChange_default" PARTITION OF "AuditChange" DEFAULT;
ALTER TABLE "AuditEvent_default" ENABLE ALWAYS TRIGGER audit_refuse;
ALTER TABLE "AuditChange_default" ENABLE ALWAYS TRIGGER audit_refuse;
CALL audit_refuse_truncate('AuditEvent_default');
CALL audit_refuse_truncate('AuditChange_default');
SELECT ensure_audit_partitions();

CALL audit_table('Plan');
CALL audit_table('Organization');
CALL audit_table('Suspension');
CALL audit_table('Subscription');
CALL audit_table('User', '{passwordHash}', '{email}', '{failedSignIns,lastSeenAt}');
CALL audit_table('Lockout');
CALL audit_table('Membership');
CALL audit_table('Session', '{}', '{sourceIp}', '{lastSeenAt}');
CALL audit_table('Monitor', '{pingKey}', '{}', '{lastPingAt}');
CALL audit_table('StaffMember');
CALL audit_table('StaffRoleGrant');
CALL audit_table('StaffSession', '{}', '{}', '{lastSeenAt}');
CALL audit_table('Impersonation');

-- Only the triggers above may say that a change came from outside.
ALTER TABLE "AuditEvent" ADD CONSTRAINT "AuditEvent_database_actor" CHECK ("actorType" <> 'database' OR session_user <> 'countersign_app');
