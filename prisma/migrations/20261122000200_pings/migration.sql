-- AlterTable
ALTER TABLE "Monitor" ADD COLUMN     "pingMinute" TIMESTAMPTZ(3),
ADD COLUMN     "pingsInMinute" INTEGER NOT NULL DEFAULT 0;

-- Each ping updates its monitor: room for the new version on the same page keeps the indexes out of it.
ALTER TABLE "Monitor" SET (fillfactor = 80);

-- For a table whose telemetry changes often: its trigger fires only for statements that name a column that is not
-- telemetry. A column that is added later is named by calling this once more; a test compares.
CREATE PROCEDURE audit_narrow(name text)
LANGUAGE plpgsql AS $$
DECLARE
  arguments text[];
  named text;
BEGIN
  SELECT string_to_array(encode(t.tgargs, 'escape'), '\000') INTO STRICT arguments
    FROM pg_trigger t WHERE t.tgrelid = format('%I', name)::regclass AND t.tgname = 'audit_capture';
  SELECT string_agg(format('%I', a.attname), ', ' ORDER BY a.attnum) INTO STRICT named
    FROM pg_attribute a
    WHERE a.attrelid = format('%I', name)::regclass AND a.attnum > 0 AND NOT a.attisdropped AND a.attname <> ALL (arguments[3]::text[]);
  EXECUTE format('DROP TRIGGER audit_capture ON %I', name);
  EXECUTE format('CREATE TRIGGER audit_capture AFTER INSERT OR DELETE OR UPDATE OF %s ON %I FOR EACH ROW EXECUTE FUNCTION audit_capture(%L, %L, %L)',
                 named, name, arguments[1], arguments[2], arguments[3]);
  EXECUTE format('ALTER TABLE %I ENABLE ALWAYS TRIGGER audit_capture', name);
END
$$;
REVOKE ALL ON PROCEDURE audit_narrow FROM PUBLIC;

CALL audit_table_again('Monitor', '{pingKey}', '{}', '{lastPingAt,lastPingKind,lastStartedAt,pingMinute,pingsInMinute,state,stateSince,nextCheckAt}');
CALL audit_narrow('Monitor');
