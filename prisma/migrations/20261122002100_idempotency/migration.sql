-- CreateTable
CREATE TABLE "ApiAnswer" (
    "id" TEXT NOT NULL,
    "apiKeyId" TEXT NOT NULL,
    "requestHash" TEXT NOT NULL,
    "status" INTEGER NOT NULL,
    "answer" JSONB NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT now(),

    CONSTRAINT "ApiAnswer_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "ApiAnswer_apiKeyId_idx" ON "ApiAnswer"("apiKeyId");

-- CreateIndex
CREATE INDEX "ApiAnswer_createdAt_idx" ON "ApiAnswer"("createdAt");

-- AddForeignKey
ALTER TABLE "ApiAnswer" ADD CONSTRAINT "ApiAnswer_apiKeyId_fkey" FOREIGN KEY ("apiKeyId") REFERENCES "ApiKey"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- The reader's role has nothing to do with answers that hold ping addresses.
GRANT SELECT, INSERT, UPDATE, DELETE ON "ApiAnswer" TO countersign_app;
