-- AlterTable
ALTER TABLE "WebhookDelivery" ADD COLUMN     "nextTryAt" TIMESTAMPTZ(3) DEFAULT now();

-- CreateTable
CREATE TABLE "ApiUsage" (
    "id" TEXT NOT NULL,
    "minute" TIMESTAMPTZ(3) NOT NULL DEFAULT date_trunc('minute', now()),
    "requests" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "ApiUsage_pkey" PRIMARY KEY ("id")
);

GRANT SELECT, INSERT, UPDATE, DELETE ON "ApiUsage" TO countersign_app;
GRANT SELECT ON "ApiUsage" TO countersign_reader;
