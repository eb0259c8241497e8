-- What the database computes from a row's other columns is not a change of its own: triggers are told its generated columns.
CREATE OR REPLACE FUNCTION audit_capture() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  secret text[] := tg_argv[0];
  personal text[] := tg_argv[1];
  unwatched text[] := tg_argv[2]::text[] || coalesce(tg_argv[3]::text[], '{}');
  old_row jsonb := CASE WHEN tg_op <> 'INSERT' THEN to_jsonb(old) END;
  new_row jsonb := CASE WHEN tg_op <> 'DELETE' THEN to_jsonb(new) END;
  before_row jsonb := audit_redact(old_row, secret, personal, unwatched);
  after_row jsonb := audit_redact(new_row, secret, personal, unwatched);
  event_id text;
BEGIN
  IF old_row - unwatched = new_row - unwatched THEN
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
      FROM jsonb_object_keys(new_row - unwatched) AS key
      WHERE old_row -> key IS DISTINCT FROM new_row -> key;
  END IF;
  INSERT INTO "AuditChange" ("eventId", "tableName", "rowId", "before", "after")
  VALUES (event_id, tg_table_name, coalesce(old_row, new_row) ->> 'id', before_row, after_row);
  RETURN NULL;
END
$$;

CREATE OR REPLACE PROCEDURE audit_table(name text, secret text[] DEFAULT '{}', personal text[] DEFAULT '{}', telemetry text[] DEFAULT '{}')
LANGUAGE plpgsql AS $$
DECLARE
  generated text[] := ARRAY(
    SELECT attname FROM pg_attribute WHERE attrelid = format('%I', name)::regclass AND attgenerated <> '' AND NOT attisdropped ORDER BY attname
  );
BEGIN
  EXECUTE format('CREATE TRIGGER audit_capture AFTER INSERT OR UPDATE OR DELETE ON %I FOR EACH ROW EXECUTE FUNCTION audit_capture(%L, %L, %L, %L)',
                 name, secret, personal, telemetry, generated);
  EXECUTE format('CREATE TRIGGER audit_capture_truncate BEFORE TRUNCATE ON %I EXECUTE FUNCTION audit_capture_truncate()', name);
  EXECUTE format('ALTER TABLE %I ENABLE ALWAYS TRIGGER audit_capture', name);
  EXECUTE format('ALTER TABLE %I ENABLE ALWAYS TRIGGER audit_capture_truncate', name);
END
$$;

CREATE OR REPLACE PROCEDURE audit_narrow(name text)
LANGUAGE plpgsql AS $$
DECLARE
  arguments text[];
  named text;
BEGIN
  SELECT string_to_array(encode(t.tgargs, 'escape'), '\000') INTO STRICT arguments
    FROM pg_trigger t WHERE t.tgrelid = format('%I', name)::regclass AND t.tgname = 'audit_capture';
  SELECT string_agg(format('%I', a.attname), ', ' ORDER BY a.attnum) INTO STRICT named
    FROM pg_attribute a
    WHERE a.attrelid = format('%I', name)::regclass AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
      AND a.attname <> ALL (arguments[3]::text[]);
  EXECUTE format('DROP TRIGGER audit_capture ON %I', name);
  EXECUTE format('CREATE TRIGGER audit_capture AFTER INSERT OR DELETE OR UPDATE OF %s ON %I FOR EACH ROW EXECUTE FUNCTION audit_capture(%L, %L, %L, %L)',
                 named, name, arguments[1], arguments[2], arguments[3], coalesce(nullif(arguments[4], ''), '{}'));
  EXECUTE format('ALTER TABLE %I ENABLE ALWAYS TRIGGER audit_capture', name);
END
$$;

-- A fragment is compared with one text instead of two, without lowering each anew: half of the time of a common one. No fragment has
-- a line break, so none is found across the two.
ALTER TABLE "User" ADD COLUMN "searched" TEXT GENERATED ALWAYS AS (lower("email" || E'\n' || "name")) STORED;
ALTER TABLE "Organization" ADD COLUMN "searched" TEXT GENERATED ALWAYS AS (lower("slug" || E'\n' || "name")) STORED;
CALL audit_table_again('User', '{passwordHash,totpSecret}', '{email}', '{totpLastStep,lastSeenAt}');
CALL audit_table_again('Organization');
GRANT SELECT ("searched") ON "User" TO countersign_reader;

DROP INDEX "User_email_trgm", "User_name_trgm", "Organization_name_trgm", "Organization_slug_trgm", "User_newest";
CREATE INDEX "User_searched" ON "User" USING gin ("searched" gin_trgm_ops) WITH (fastupdate = off);
CREATE INDEX "Organization_searched" ON "Organization" USING gin ("searched" gin_trgm_ops) WITH (fastupdate = off);
-- People with a common fragment are found by walking from the newest, in this index alone.
CREATE INDEX "User_newest" ON "User" ("id" DESC) INCLUDE ("searched");

-- With fewer samples the planner takes every second common name for a rare one, and reads thousands of rows to show 25.
ALTER TABLE "User" ALTER COLUMN "searched" SET STATISTICS 400, ALTER COLUMN "email" SET STATISTICS -1, ALTER COLUMN "name" SET STATISTICS -1;
ANALYZE "User";
ANALYZE "Organization";
