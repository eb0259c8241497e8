-- CreateTable
CREATE TABLE "StripeMirror" (
    "organizationId" TEXT NOT NULL,
    "fetchedAt" TIMESTAMPTZ(3),
    "lookedAt" TIMESTAMPTZ(3),

    CONSTRAINT "StripeMirror_pkey" PRIMARY KEY ("organizationId")
);

-- AddForeignKey
ALTER TABLE "StripeMirror" ADD CONSTRAINT "StripeMirror_organizationId_fkey" FOREIGN KEY ("organizationId") REFERENCES "Organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "BillingDrift" ADD CONSTRAINT "BillingDrift_organizationId_fkey" FOREIGN KEY ("organizationId") REFERENCES "Organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;

GRANT SELECT, INSERT, UPDATE, DELETE ON "StripeMirror" TO countersign_app;
GRANT SELECT ON "StripeMirror" TO countersign_reader;

-- Events are looked up by whom they are about while they wait.
CREATE INDEX stripe_event_waiting ON "StripeEvent" ("customerId") WHERE "processedAt" IS NULL;
