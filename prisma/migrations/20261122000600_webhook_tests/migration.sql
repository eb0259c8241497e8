ALTER TABLE "WebhookEndpoint" ADD COLUMN "testedAt" TIMESTAMPTZ(3);

GRANT SELECT ("testedAt") ON "WebhookEndpoint" TO countersign_reader;
