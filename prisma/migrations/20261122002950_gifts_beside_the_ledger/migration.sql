-- AlterTable
ALTER TABLE "StripeCall" ADD COLUMN     "givenById" TEXT,
ADD COLUMN     "gives" INTEGER,
ADD COLUMN     "givesCurrency" TEXT,
ADD COLUMN     "retryOf" TEXT;

-- CreateIndex
CREATE UNIQUE INDEX "StripeCall_retryOf_key" ON "StripeCall"("retryOf");

-- What is given has a size, a currency and somebody who gives it.
ALTER TABLE "StripeCall" ADD CONSTRAINT "StripeCall_gives" CHECK (num_nulls("gives", "givesCurrency", "givenById") IN (0, 3) AND "gives" > 0);
GRANT INSERT ("retryOf", "gives", "givesCurrency", "givenById") ON "StripeCall" TO countersign_app;

-- Budgets look at the few calls that give something.
CREATE INDEX stripe_call_given_by ON "StripeCall" ("givenById", "createdAt") WHERE "gives" IS NOT NULL;
CREATE INDEX stripe_call_given_to ON "StripeCall" ("organizationId", "createdAt") WHERE "gives" IS NOT NULL;
