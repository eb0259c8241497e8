-- A bulk run begins by being prepared, with nothing done: what the client sends for the defaults is checked to be that.
GRANT INSERT ("state", "prepared", "refused", "succeeded", "failed") ON "BulkRun" TO countersign_app;
CREATE FUNCTION bulk_run_begins() RETURNS trigger LANGUAGE plpgsql SET search_path = public AS $$
BEGIN
  IF NEW."state" <> 'preparing' OR NEW."digest" IS NOT NULL OR NEW."succeeded" + NEW."failed" + NEW."prepared" <> 0 THEN
    RAISE EXCEPTION 'A bulk run begins by being prepared.'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'BulkRun_begins', TABLE = 'BulkRun';
  END IF;
  RETURN NEW;
END
$$;
REVOKE ALL ON FUNCTION bulk_run_begins() FROM PUBLIC;
CREATE TRIGGER bulk_run_begins BEFORE INSERT ON "BulkRun" FOR EACH ROW EXECUTE FUNCTION bulk_run_begins();
ALTER TABLE "BulkRun" ENABLE ALWAYS TRIGGER bulk_run_begins;
