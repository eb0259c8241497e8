-- AlterTable
ALTER TABLE "Organization" ADD COLUMN     "historyPurgedBefore" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "ScheduledDeletion" ADD COLUMN     "remindedAt" TIMESTAMPTZ(3);
