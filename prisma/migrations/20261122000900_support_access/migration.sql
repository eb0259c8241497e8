-- AlterEnum
ALTER TYPE "AccessRequestState" ADD VALUE 'withdrawn';

-- A customer's word has an end, at most a week after it was given, and nothing else has one.
ALTER TABLE "AccessRequest" ADD CONSTRAINT "AccessRequest_allowed_until" CHECK (("state"::text = 'allowed') = ("allowedUntil" IS NOT NULL));
ALTER TABLE "AccessRequest" ADD CONSTRAINT "AccessRequest_at_most_a_week" CHECK ("allowedUntil" IS NULL OR ("answeredAt" IS NOT NULL AND "allowedUntil" <= "answeredAt" + interval '7 days'));

-- A request may be inserted in any state but the one that lets somebody in: that one needs an end, which only an answer sets.
GRANT INSERT ("state") ON "AccessRequest" TO countersign_app;

-- Whom the customer was not told of yet, and what waits for a second person.
CREATE INDEX "Impersonation_untold" ON "Impersonation" ("id") WHERE "customerToldAt" IS NULL;
CREATE INDEX "Impersonation_to_review" ON "Impersonation" ("id") WHERE "needsReview";

-- Nobody judges what they did themselves, whatever the application says: neither as the same row, nor as the same
-- person at another issuer, nor by the same address.
CREATE FUNCTION impersonation_review_by_another() RETURNS trigger LANGUAGE plpgsql SET search_path = public AS $$
BEGIN
  IF NOT EXISTS (
    SELECT 1 FROM "Impersonation" i
    JOIN "StaffMember" viewer ON viewer."id" = i."staffMemberId"
    JOIN "StaffMember" reviewer ON reviewer."id" = NEW."reviewerId"
    WHERE i."id" = NEW."impersonationId" AND reviewer."id" <> viewer."id"
      AND reviewer."subject" <> viewer."subject" AND lower(reviewer."email") <> lower(viewer."email")
  ) THEN
    RAISE EXCEPTION 'An impersonation is reviewed by another member of the staff.'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'ImpersonationReview_by_another', TABLE = 'ImpersonationReview';
  END IF;
  RETURN NEW;
END
$$;
REVOKE ALL ON FUNCTION impersonation_review_by_another() FROM PUBLIC;
CREATE TRIGGER impersonation_review_by_another BEFORE INSERT OR UPDATE ON "ImpersonationReview"
FOR EACH ROW EXECUTE FUNCTION impersonation_review_by_another();
ALTER TABLE "ImpersonationReview" ENABLE ALWAYS TRIGGER impersonation_review_by_another;

-- A verdict is given once.
REVOKE UPDATE, DELETE ON "ImpersonationReview" FROM countersign_app;
