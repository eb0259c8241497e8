-- AlterTable
ALTER TABLE "Proposal" ADD COLUMN     "undoOf" TEXT;
