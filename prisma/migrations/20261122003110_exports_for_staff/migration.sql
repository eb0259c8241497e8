-- AlterTable
ALTER TABLE "DataExport" ADD COLUMN     "requestedByStaffId" TEXT;
