-- CreateEnum
CREATE TYPE "CallState" AS ENUM ('pending', 'succeeded', 'failed');

-- CreateEnum
CREATE TYPE "LedgerKind" AS ENUM ('refund', 'credit');

-- CreateEnum
CREATE TYPE "DecisionKind" AS ENUM ('approved', 'rejected', 'withdrawn');

-- CreateEnum
CREATE TYPE "BulkState" AS ENUM ('preparing', 'ready', 'running', 'stopped', 'finished');

-- CreateEnum
CREATE TYPE "BulkItemState" AS ENUM ('waiting', 'refused', 'succeeded', 'failed');

-- AlterTable
ALTER TABLE "Organization" ADD COLUMN     "creditBalance" INTEGER NOT NULL DEFAULT 0;

-- AlterTable
ALTER TABLE "Invoice" ADD COLUMN     "attempts" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "nextAttemptAt" TIMESTAMPTZ(3),
ADD COLUMN     "stripeInvoiceId" TEXT,
ADD COLUMN     "stripePaymentIntentId" TEXT;

-- AlterTable
ALTER TABLE "Subscription" ADD COLUMN     "cancelAt" TIMESTAMPTZ(3),
ADD COLUMN     "canceledAt" TIMESTAMPTZ(3),
ADD COLUMN     "discountCode" TEXT,
ADD COLUMN     "discountPercent" INTEGER,
ADD COLUMN     "stripeSubscriptionId" TEXT;

-- AlterTable
ALTER TABLE "Proposal" ADD COLUMN     "approvalReasons" TEXT[] DEFAULT ARRAY[]::TEXT[],
ADD COLUMN     "requesterIp" TEXT,
ADD COLUMN     "requesterSessionId" TEXT,
ADD COLUMN     "submittedAt" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "PaymentMethod" (
    "id" TEXT NOT NULL DEFAULT new_id('pay'),
    "organizationId" TEXT NOT NULL,
    "stripeId" TEXT NOT NULL,
    "brand" TEXT NOT NULL,
    "last4" TEXT NOT NULL,
    "expiresMonth" INTEGER NOT NULL,
    "expiresYear" INTEGER NOT NULL,

    CONSTRAINT "PaymentMethod_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "LedgerEntry" (
    "id" TEXT NOT NULL DEFAULT new_id('led'),
    "organizationId" TEXT NOT NULL,
    "invoiceId" TEXT,
    "kind" "LedgerKind" NOT NULL,
    "amount" INTEGER NOT NULL,
    "currency" TEXT NOT NULL,
    "state" "CallState" NOT NULL DEFAULT 'pending',
    "staffMemberId" TEXT NOT NULL,
    "staffLabel" TEXT NOT NULL,
    "stripeId" TEXT,
    "failure" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT now(),
    "settledAt" TIMESTAMPTZ(3),

    CONSTRAINT "LedgerEntry_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "StripeCall" (
    "id" TEXT NOT NULL DEFAULT new_id('stc'),
    "organizationId" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "objectId" TEXT NOT NULL,
    "parameters" JSONB NOT NULL,
    "state" "CallState" NOT NULL DEFAULT 'pending',
    "stripeId" TEXT,
    "failure" TEXT,
    "eventId" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT now(),
    "settledAt" TIMESTAMPTZ(3),

    CONSTRAINT "StripeCall_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "StripeEvent" (
    "id" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "customerId" TEXT,
    "receivedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT now(),
    "processedAt" TIMESTAMPTZ(3),

    CONSTRAINT "StripeEvent_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "BillingDrift" (
    "id" TEXT NOT NULL DEFAULT new_id('dft'),
    "organizationId" TEXT NOT NULL,
    "objectType" TEXT NOT NULL,
    "objectId" TEXT NOT NULL,
    "field" TEXT NOT NULL,
    "ours" JSONB,
    "theirs" JSONB,
    "foundAt" TIMESTAMPTZ(3) NOT NULL DEFAULT now(),

    CONSTRAINT "BillingDrift_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ProposalDecision" (
    "id" TEXT NOT NULL DEFAULT new_id('dec'),
    "proposalId" TEXT NOT NULL,
    "kind" "DecisionKind" NOT NULL,
    "requesterId" TEXT NOT NULL,
    "deciderId" TEXT NOT NULL,
    "deciderLabel" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "comment" TEXT,
    "decidedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT now(),

    CONSTRAINT "ProposalDecision_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "BulkRun" (
    "id" TEXT NOT NULL DEFAULT new_id('blk'),
    "operation" TEXT NOT NULL,
    "input" JSONB NOT NULL,
    "reason" TEXT NOT NULL,
    "ticket" TEXT,
    "requesterId" TEXT NOT NULL,
    "requesterLabel" TEXT NOT NULL,
    "requesterSessionId" TEXT NOT NULL,
    "requesterIp" TEXT,
    "state" "BulkState" NOT NULL DEFAULT 'preparing',
    "total" INTEGER NOT NULL,
    "digest" TEXT,
    "prepared" INTEGER NOT NULL DEFAULT 0,
    "refused" INTEGER NOT NULL DEFAULT 0,
    "succeeded" INTEGER NOT NULL DEFAULT 0,
    "failed" INTEGER NOT NULL DEFAULT 0,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT now(),
    "startedAt" TIMESTAMPTZ(3),
    "finishedAt" TIMESTAMPTZ(3),

    CONSTRAINT "BulkRun_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "BulkItem" (
    "bulkRunId" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "targetId" TEXT NOT NULL,
    "targetLabel" TEXT,
    "state" "BulkItemState" NOT NULL DEFAULT 'waiting',
    "hash" TEXT,
    "summary" TEXT,
    "message" TEXT,
    "amount" INTEGER,
    "currency" TEXT,
    "eventId" TEXT,

    CONSTRAINT "BulkItem_pkey" PRIMARY KEY ("bulkRunId","position")
);

-- CreateIndex
CREATE UNIQUE INDEX "PaymentMethod_organizationId_key" ON "PaymentMethod"("organizationId");

-- CreateIndex
CREATE UNIQUE INDEX "LedgerEntry_stripeId_key" ON "LedgerEntry"("stripeId");

-- CreateIndex
CREATE INDEX "LedgerEntry_invoiceId_idx" ON "LedgerEntry"("invoiceId");

-- CreateIndex
CREATE INDEX "LedgerEntry_organizationId_createdAt_idx" ON "LedgerEntry"("organizationId", "createdAt" DESC);

-- CreateIndex
CREATE INDEX "LedgerEntry_staffMemberId_createdAt_idx" ON "LedgerEntry"("staffMemberId", "createdAt" DESC);

-- CreateIndex
CREATE INDEX "StripeCall_organizationId_id_idx" ON "StripeCall"("organizationId", "id" DESC);

-- CreateIndex
CREATE INDEX "StripeCall_objectId_idx" ON "StripeCall"("objectId");

-- CreateIndex
CREATE INDEX "StripeCall_state_createdAt_idx" ON "StripeCall"("state", "createdAt");

-- CreateIndex
CREATE INDEX "StripeEvent_receivedAt_idx" ON "StripeEvent"("receivedAt");

-- CreateIndex
CREATE UNIQUE INDEX "BillingDrift_organizationId_objectType_objectId_field_key" ON "BillingDrift"("organizationId", "objectType", "objectId", "field");

-- CreateIndex
CREATE UNIQUE INDEX "ProposalDecision_proposalId_key" ON "ProposalDecision"("proposalId");

-- CreateIndex
CREATE INDEX "ProposalDecision_deciderId_idx" ON "ProposalDecision"("deciderId");

-- CreateIndex
CREATE INDEX "BulkRun_requesterId_id_idx" ON "BulkRun"("requesterId", "id");

-- CreateIndex
CREATE INDEX "BulkRun_state_idx" ON "BulkRun"("state");

-- CreateIndex
CREATE UNIQUE INDEX "BulkItem_bulkRunId_targetId_key" ON "BulkItem"("bulkRunId", "targetId");

-- CreateIndex
CREATE UNIQUE INDEX "Invoice_stripeInvoiceId_key" ON "Invoice"("stripeInvoiceId");

-- CreateIndex
CREATE UNIQUE INDEX "Invoice_stripePaymentIntentId_key" ON "Invoice"("stripePaymentIntentId");

-- CreateIndex
CREATE UNIQUE INDEX "Subscription_stripeSubscriptionId_key" ON "Subscription"("stripeSubscriptionId");

-- AddForeignKey
ALTER TABLE "PaymentMethod" ADD CONSTRAINT "PaymentMethod_organizationId_fkey" FOREIGN KEY ("organizationId") REFERENCES "Organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "LedgerEntry" ADD CONSTRAINT "LedgerEntry_organizationId_fkey" FOREIGN KEY ("organizationId") REFERENCES "Organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "LedgerEntry" ADD CONSTRAINT "LedgerEntry_invoiceId_fkey" FOREIGN KEY ("invoiceId") REFERENCES "Invoice"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "StripeCall" ADD CONSTRAINT "StripeCall_organizationId_fkey" FOREIGN KEY ("organizationId") REFERENCES "Organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "BulkItem" ADD CONSTRAINT "BulkItem_bulkRunId_fkey" FOREIGN KEY ("bulkRunId") REFERENCES "BulkRun"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What is captured.
CALL audit_table('PaymentMethod');
CALL audit_table('LedgerEntry');
CALL audit_table('StripeCall');
CALL audit_table('ProposalDecision');
CALL audit_table('BulkRun', '{}', '{}', '{prepared,refused,succeeded,failed}');

-- Money has a direction and a size, whatever the application says.
ALTER TABLE "LedgerEntry" ADD CONSTRAINT "LedgerEntry_amount" CHECK ("amount" > 0);
ALTER TABLE "LedgerEntry" ADD CONSTRAINT "LedgerEntry_refund_of_invoice" CHECK (("kind" = 'refund') = ("invoiceId" IS NOT NULL));
ALTER TABLE "LedgerEntry" ADD CONSTRAINT "LedgerEntry_settled" CHECK (("state" = 'pending') = ("settledAt" IS NULL));
ALTER TABLE "StripeCall" ADD CONSTRAINT "StripeCall_settled" CHECK (("state" = 'pending') = ("settledAt" IS NULL));
ALTER TABLE "Invoice" ADD CONSTRAINT "Invoice_amounts" CHECK ("amountDue" >= 0 AND "amountPaid" >= 0);
ALTER TABLE "Subscription" ADD CONSTRAINT "Subscription_discount" CHECK (("discountCode" IS NULL) = ("discountPercent" IS NULL) AND "discountPercent" BETWEEN 1 AND 100);

-- Refunds that wait or went through never add up to more than was paid.
CREATE FUNCTION ledger_within_paid() RETURNS trigger LANGUAGE plpgsql SET search_path = public AS $$
DECLARE
  paid integer;
  billed text;
  organization text;
  given bigint;
BEGIN
  IF NEW."kind" <> 'refund' OR NEW."state" = 'failed' THEN
    RETURN NEW;
  END IF;
  -- The lock makes refunds of one invoice wait for each other.
  SELECT i."amountPaid", i."currency", i."organizationId" INTO paid, billed, organization FROM "Invoice" i WHERE i."id" = NEW."invoiceId" FOR NO KEY UPDATE;
  SELECT coalesce(sum(l."amount"), 0) INTO given FROM "LedgerEntry" l
  WHERE l."invoiceId" = NEW."invoiceId" AND l."kind" = 'refund' AND l."state" <> 'failed' AND l."id" <> NEW."id";
  IF organization <> NEW."organizationId" OR billed <> NEW."currency" OR given + NEW."amount" > paid THEN
    RAISE EXCEPTION 'No more is refunded than was paid, in the currency that it was paid in.'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'LedgerEntry_within_paid', TABLE = 'LedgerEntry';
  END IF;
  RETURN NEW;
END
$$;
REVOKE ALL ON FUNCTION ledger_within_paid() FROM PUBLIC;
CREATE TRIGGER ledger_within_paid BEFORE INSERT OR UPDATE ON "LedgerEntry" FOR EACH ROW EXECUTE FUNCTION ledger_within_paid();
ALTER TABLE "LedgerEntry" ENABLE ALWAYS TRIGGER ledger_within_paid;

-- Nobody agrees to what they asked for themselves, whatever the application says: neither as the same row, nor as the
-- same person at another issuer, nor by the same address. And what is decided on is what waits, as it was shown.
CREATE FUNCTION proposal_decided_by_another() RETURNS trigger LANGUAGE plpgsql SET search_path = public AS $$
DECLARE
  proposal record;
  requester record;
  decider record;
BEGIN
  SELECT p."requesterId", p."hash", p."state", p."expiresAt" INTO proposal FROM "Proposal" p WHERE p."id" = NEW."proposalId";
  SELECT s."id", s."subject", lower(s."email") AS "email" INTO requester FROM "StaffMember" s WHERE s."id" = proposal."requesterId";
  SELECT s."id", s."subject", lower(s."email") AS "email" INTO decider FROM "StaffMember" s WHERE s."id" = NEW."deciderId";
  IF proposal."requesterId" IS DISTINCT FROM NEW."requesterId" OR requester."id" IS NULL OR decider."id" IS NULL
    OR proposal."hash" <> NEW."hash" OR proposal."state" <> 'awaitingApproval'
    OR (NEW."kind" = 'approved' AND proposal."expiresAt" <= now())
    OR (NEW."kind" = 'withdrawn') <> (requester."id" = decider."id")
    OR (NEW."kind" <> 'withdrawn' AND (requester."subject" = decider."subject" OR requester."email" = decider."email"))
  THEN
    RAISE EXCEPTION 'A proposal is decided on by another member of the staff, while it waits and as it was shown.'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'ProposalDecision_by_another', TABLE = 'ProposalDecision';
  END IF;
  RETURN NEW;
END
$$;
REVOKE ALL ON FUNCTION proposal_decided_by_another() FROM PUBLIC;
CREATE TRIGGER proposal_decided_by_another BEFORE INSERT OR UPDATE ON "ProposalDecision" FOR EACH ROW EXECUTE FUNCTION proposal_decided_by_another();
ALTER TABLE "ProposalDecision" ENABLE ALWAYS TRIGGER proposal_decided_by_another;
ALTER TABLE "ProposalDecision" ADD CONSTRAINT "ProposalDecision_two_people" CHECK (("kind" = 'withdrawn') = ("requesterId" = "deciderId"));

-- Who asked for what is written once; only what becomes of it changes.
REVOKE UPDATE, DELETE ON "Proposal" FROM countersign_app;
GRANT UPDATE ("state", "eventId", "supersededById", "submittedAt", "requesterSessionId", "requesterIp") ON "Proposal" TO countersign_app;

GRANT SELECT, INSERT, UPDATE, DELETE ON "PaymentMethod", "BillingDrift", "BulkItem" TO countersign_app;
GRANT SELECT, DELETE ON "LedgerEntry", "StripeCall", "StripeEvent", "BulkRun" TO countersign_app;
GRANT INSERT ("organizationId", "invoiceId", "kind", "amount", "currency", "staffMemberId", "staffLabel"), UPDATE ("state", "stripeId", "failure", "settledAt") ON "LedgerEntry" TO countersign_app;
GRANT INSERT ("organizationId", "kind", "objectId", "parameters", "eventId"), UPDATE ("state", "stripeId", "failure", "settledAt") ON "StripeCall" TO countersign_app;
GRANT INSERT ("id", "type", "customerId"), UPDATE ("processedAt") ON "StripeEvent" TO countersign_app;
GRANT INSERT ("operation", "input", "reason", "ticket", "requesterId", "requesterLabel", "requesterSessionId", "requesterIp", "total"),
  UPDATE ("state", "digest", "prepared", "refused", "succeeded", "failed", "startedAt", "finishedAt") ON "BulkRun" TO countersign_app;
-- A decision is given once.
GRANT SELECT ON "ProposalDecision" TO countersign_app;
GRANT INSERT ("proposalId", "kind", "requesterId", "deciderId", "deciderLabel", "hash", "comment") ON "ProposalDecision" TO countersign_app;

GRANT SELECT ON "PaymentMethod", "LedgerEntry", "StripeCall", "StripeEvent", "BillingDrift", "ProposalDecision", "BulkRun", "BulkItem" TO countersign_reader;

CREATE TABLE "JobProgress" (
    "jobId" UUID NOT NULL,
    "done" INTEGER NOT NULL,
    "total" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT now(),
    CONSTRAINT "JobProgress_pkey" PRIMARY KEY ("jobId")
);
GRANT SELECT, INSERT, UPDATE, DELETE ON "JobProgress" TO countersign_app;
GRANT SELECT ON "JobProgress" TO countersign_reader;

-- For the job monitor: which jobs there are and what became of them, without what they carry, which may be personal.
CREATE VIEW "Job" AS
SELECT j."id", j."name" AS "queue", j."state"::text AS "state", j."priority", j."retry_count" AS "attempts", j."retry_limit" AS "mostAttempts",
  j."created_on" AS "createdAt", j."start_after" AS "startAfter", j."started_on" AS "startedAt", j."completed_on" AS "completedAt",
  j."heartbeat_on" AS "heartbeatAt", j."output" ->> 'message' AS "message", j."dead_letter" AS "deadLetter",
  j."data" -> 'payload' ->> 'mail' AS "mail", j."data" -> 'origin' ->> 'eventId' AS "eventId",
  j."data" -> 'origin' ->> 'organizationId' AS "organizationId"
FROM pgboss.job j;
GRANT SELECT ON "Job" TO countersign_app, countersign_reader;
CREATE INDEX job_of_organization ON pgboss.job ((data -> 'origin' ->> 'organizationId'), created_on DESC);
CREATE INDEX job_of_run ON pgboss.job ((data -> 'origin' ->> 'eventId'));
