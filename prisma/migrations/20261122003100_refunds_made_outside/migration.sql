-- AlterTable
ALTER TABLE "Invoice" ADD COLUMN     "stripeChargeId" TEXT;

-- AlterTable
ALTER TABLE "LedgerEntry" ADD COLUMN     "stripeChargeId" TEXT,
ALTER COLUMN "staffMemberId" DROP NOT NULL;

-- CreateIndex
CREATE UNIQUE INDEX "Invoice_stripeChargeId_key" ON "Invoice"("stripeChargeId");

GRANT INSERT ("stripeId", "stripeChargeId", "settledAt"), UPDATE ("stripeChargeId") ON "LedgerEntry" TO countersign_app;

-- What nobody of the staff gave is a refund that was made at the payment provider, and has its id there.
ALTER TABLE "LedgerEntry" ADD CONSTRAINT "LedgerEntry_given_by" CHECK ("staffMemberId" IS NOT NULL OR ("kind" = 'refund' AND "stripeId" IS NOT NULL AND "state" <> 'pending'));

-- What staff give is born pending: only the payment provider's answer settles it.
CREATE FUNCTION ledger_born_pending() RETURNS trigger LANGUAGE plpgsql SET search_path = public AS $$
BEGIN
  IF NEW."staffMemberId" IS NOT NULL AND (NEW."state" <> 'pending' OR NEW."stripeId" IS NOT NULL OR NEW."stripeChargeId" IS NOT NULL) THEN
    RAISE EXCEPTION 'What staff give is settled by the payment provider.'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'LedgerEntry_born_pending', TABLE = 'LedgerEntry';
  END IF;
  RETURN NEW;
END
$$;
REVOKE ALL ON FUNCTION ledger_born_pending() FROM PUBLIC;
CREATE TRIGGER ledger_born_pending BEFORE INSERT ON "LedgerEntry" FOR EACH ROW EXECUTE FUNCTION ledger_born_pending();
