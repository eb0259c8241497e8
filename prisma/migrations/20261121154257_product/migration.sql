-- CreateEnum
CREATE TYPE "SupportAccess" AS ENUM ('allowed', 'openTicket', 'askFirst');

-- CreateEnum
CREATE TYPE "AccessRequestState" AS ENUM ('pending', 'allowed', 'refused');

-- CreateEnum
CREATE TYPE "ReviewVerdict" AS ENUM ('appropriate', 'needsFollowUp', 'notAppropriate');

-- CreateEnum
CREATE TYPE "AccountTokenPurpose" AS ENUM ('resetPassword', 'changeEmail');

-- CreateEnum
CREATE TYPE "ScheduleKind" AS ENUM ('interval', 'cron');

-- CreateEnum
CREATE TYPE "MonitorState" AS ENUM ('waiting', 'up', 'late', 'down');

-- CreateEnum
CREATE TYPE "PingKind" AS ENUM ('success', 'start', 'fail');

-- CreateEnum
CREATE TYPE "DeliveryState" AS ENUM ('pending', 'delivered', 'failed');

-- CreateEnum
CREATE TYPE "ExportState" AS ENUM ('pending', 'ready', 'failed');

-- CreateEnum
CREATE TYPE "InvoiceStatus" AS ENUM ('draft', 'open', 'paid', 'void', 'uncollectible');

-- AlterEnum
ALTER TYPE "ActorType" ADD VALUE 'visitor';

-- DropForeignKey
ALTER TABLE "Impersonation" DROP CONSTRAINT "Impersonation_userId_fkey";

-- DropForeignKey
ALTER TABLE "Impersonation" DROP CONSTRAINT "Impersonation_organizationId_fkey";

-- AlterTable
ALTER TABLE "Plan" ADD COLUMN     "apiPerMinute" INTEGER NOT NULL DEFAULT 60;

-- AlterTable
ALTER TABLE "Organization" ADD COLUMN     "retentionDays" INTEGER,
ADD COLUMN     "supportAccess" "SupportAccess" NOT NULL DEFAULT 'allowed',
ADD COLUMN     "supportMails" BOOLEAN NOT NULL DEFAULT true;

-- AlterTable
ALTER TABLE "User" ADD COLUMN     "emailVerifiedAt" TIMESTAMPTZ(3),
ADD COLUMN     "totpEnabledAt" TIMESTAMPTZ(3),
ADD COLUMN     "totpLastStep" INTEGER,
ADD COLUMN     "totpSecret" TEXT;

-- AlterTable
ALTER TABLE "Membership" ADD COLUMN     "elevatedRole" "OrganizationRole",
ADD COLUMN     "elevatedUntil" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "Monitor" ADD COLUMN     "cron" TEXT,
ADD COLUMN     "lastPingKind" "PingKind",
ADD COLUMN     "lastStartedAt" TIMESTAMPTZ(3),
ADD COLUMN     "nextCheckAt" TIMESTAMPTZ(3) DEFAULT now(),
ADD COLUMN     "pausedAt" TIMESTAMPTZ(3),
ADD COLUMN     "scheduleKind" "ScheduleKind" NOT NULL DEFAULT 'interval',
ADD COLUMN     "state" "MonitorState" NOT NULL DEFAULT 'waiting',
ADD COLUMN     "stateSince" TIMESTAMPTZ(3) NOT NULL DEFAULT now(),
ADD COLUMN     "timeZone" TEXT;

-- AlterTable
ALTER TABLE "Ping" ADD COLUMN     "kind" "PingKind" NOT NULL DEFAULT 'success';

-- AlterTable
ALTER TABLE "Impersonation" ADD COLUMN     "customerToldAt" TIMESTAMPTZ(3),
ADD COLUMN     "needsReview" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "steppedUpAt" TIMESTAMPTZ(3),
ADD COLUMN     "writeReason" TEXT;

-- AlterTable
ALTER TABLE "Proposal" ADD COLUMN     "effects" TEXT[] DEFAULT ARRAY[]::TEXT[];

-- CreateTable
CREATE TABLE "Deactivation" (
    "id" TEXT NOT NULL DEFAULT new_id('dea'),
    "organizationId" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "deactivatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT now(),

    CONSTRAINT "Deactivation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ScheduledDeletion" (
    "id" TEXT NOT NULL DEFAULT new_id('del'),
    "organizationId" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "ticket" TEXT,
    "dueAt" TIMESTAMPTZ(3) NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT now(),

    CONSTRAINT "ScheduledDeletion_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Maintenance" (
    "id" TEXT NOT NULL DEFAULT new_id('mnt'),
    "organizationId" TEXT NOT NULL,
    "message" TEXT NOT NULL,
    "startedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT now(),

    CONSTRAINT "Maintenance_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "LimitOverride" (
    "id" TEXT NOT NULL DEFAULT new_id('lim'),
    "organizationId" TEXT NOT NULL,
    "monitors" INTEGER,
    "pingsPerMinute" INTEGER,
    "historyDays" INTEGER,
    "apiPerMinute" INTEGER,

    CONSTRAINT "LimitOverride_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Setting" (
    "id" TEXT NOT NULL,
    "value" JSONB NOT NULL,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT now(),

    CONSTRAINT "Setting_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "OrganizationFlag" (
    "id" TEXT NOT NULL DEFAULT new_id('flg'),
    "organizationId" TEXT NOT NULL,
    "flag" TEXT NOT NULL,
    "enabled" BOOLEAN NOT NULL,
    "expiresAt" TIMESTAMPTZ(3),

    CONSTRAINT "OrganizationFlag_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "SeatExpansion" (
    "id" TEXT NOT NULL DEFAULT new_id('exp'),
    "organizationId" TEXT NOT NULL,
    "seats" INTEGER NOT NULL,
    "endsAt" TIMESTAMPTZ(3) NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT now(),

    CONSTRAINT "SeatExpansion_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Invoice" (
    "id" TEXT NOT NULL DEFAULT new_id('inv'),
    "organizationId" TEXT NOT NULL,
    "number" TEXT NOT NULL,
    "status" "InvoiceStatus" NOT NULL,
    "currency" TEXT NOT NULL,
    "amountDue" INTEGER NOT NULL,
    "amountPaid" INTEGER NOT NULL DEFAULT 0,
    "lines" JSONB NOT NULL,
    "periodStart" TIMESTAMPTZ(3) NOT NULL,
    "periodEnd" TIMESTAMPTZ(3) NOT NULL,
    "issuedAt" TIMESTAMPTZ(3) NOT NULL,
    "dueAt" TIMESTAMPTZ(3),
    "paidAt" TIMESTAMPTZ(3),

    CONSTRAINT "Invoice_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "RecoveryCode" (
    "id" TEXT NOT NULL DEFAULT new_id('rec'),
    "userId" TEXT NOT NULL,
    "codeHash" TEXT NOT NULL,
    "usedAt" TIMESTAMPTZ(3),

    CONSTRAINT "RecoveryCode_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "AccountToken" (
    "id" TEXT NOT NULL DEFAULT new_id('tok'),
    "userId" TEXT NOT NULL,
    "purpose" "AccountTokenPurpose" NOT NULL,
    "email" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT now(),
    "expiresAt" TIMESTAMPTZ(3) NOT NULL DEFAULT now() + interval '1 hour',
    "usedAt" TIMESTAMPTZ(3),

    CONSTRAINT "AccountToken_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "SignUp" (
    "id" TEXT NOT NULL DEFAULT new_id('sup'),
    "email" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "organizationName" TEXT NOT NULL,
    "passwordHash" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT now(),
    "expiresAt" TIMESTAMPTZ(3) NOT NULL DEFAULT now() + interval '1 day',
    "usedAt" TIMESTAMPTZ(3),

    CONSTRAINT "SignUp_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "SignInThrottle" (
    "id" TEXT NOT NULL,
    "failures" INTEGER NOT NULL DEFAULT 0,
    "blockedUntil" TIMESTAMPTZ(3),
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT now(),

    CONSTRAINT "SignInThrottle_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Invitation" (
    "id" TEXT NOT NULL DEFAULT new_id('ivt'),
    "organizationId" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "role" "OrganizationRole" NOT NULL,
    "invitedByLabel" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT now(),
    "expiresAt" TIMESTAMPTZ(3) NOT NULL DEFAULT now() + interval '7 days',
    "acceptedAt" TIMESTAMPTZ(3),
    "revokedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Invitation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "MonitorStateChange" (
    "id" TEXT NOT NULL DEFAULT new_id('msc'),
    "monitorId" TEXT NOT NULL,
    "from" "MonitorState" NOT NULL,
    "to" "MonitorState" NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT now(),

    CONSTRAINT "MonitorStateChange_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ApiKey" (
    "id" TEXT NOT NULL DEFAULT new_id('key'),
    "organizationId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "prefix" TEXT NOT NULL,
    "keyHash" TEXT NOT NULL,
    "scopes" TEXT[],
    "createdById" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT now(),
    "lastUsedAt" TIMESTAMPTZ(3),
    "revokedAt" TIMESTAMPTZ(3),

    CONSTRAINT "ApiKey_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "WebhookEndpoint" (
    "id" TEXT NOT NULL DEFAULT new_id('whk'),
    "organizationId" TEXT NOT NULL,
    "url" TEXT NOT NULL,
    "signingSecret" TEXT NOT NULL,
    "events" TEXT[],
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT now(),

    CONSTRAINT "WebhookEndpoint_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "WebhookDelivery" (
    "id" TEXT NOT NULL DEFAULT new_id('whd'),
    "endpointId" TEXT NOT NULL,
    "event" TEXT NOT NULL,
    "payload" JSONB NOT NULL,
    "state" "DeliveryState" NOT NULL DEFAULT 'pending',
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "lastStatus" INTEGER,
    "lastError" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT now(),
    "deliveredAt" TIMESTAMPTZ(3),

    CONSTRAINT "WebhookDelivery_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "DataExport" (
    "id" TEXT NOT NULL DEFAULT new_id('dex'),
    "organizationId" TEXT NOT NULL,
    "requestedByLabel" TEXT NOT NULL,
    "scopes" TEXT[],
    "state" "ExportState" NOT NULL DEFAULT 'pending',
    "error" TEXT,
    "sha256" TEXT,
    "bytes" INTEGER,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT now(),
    "readyAt" TIMESTAMPTZ(3),
    "expiresAt" TIMESTAMPTZ(3),

    CONSTRAINT "DataExport_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "DataExportFile" (
    "id" TEXT NOT NULL,
    "content" BYTEA NOT NULL,

    CONSTRAINT "DataExportFile_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "SupportCase" (
    "id" TEXT NOT NULL,
    "organizationId" TEXT,
    "subject" TEXT NOT NULL,
    "open" BOOLEAN NOT NULL,
    "url" TEXT,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT now(),

    CONSTRAINT "SupportCase_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "HandoverCode" (
    "id" TEXT NOT NULL DEFAULT new_id('hnd'),
    "impersonationId" TEXT NOT NULL,
    "codeHash" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT now(),
    "expiresAt" TIMESTAMPTZ(3) NOT NULL DEFAULT now() + interval '30 seconds',
    "usedAt" TIMESTAMPTZ(3),

    CONSTRAINT "HandoverCode_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ImpersonationView" (
    "id" BIGSERIAL NOT NULL,
    "impersonationId" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT clock_timestamp(),
    "kind" TEXT NOT NULL,
    "name" TEXT NOT NULL,

    CONSTRAINT "ImpersonationView_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ImpersonationReview" (
    "id" TEXT NOT NULL DEFAULT new_id('rvw'),
    "impersonationId" TEXT NOT NULL,
    "reviewerId" TEXT NOT NULL,
    "reviewerLabel" TEXT NOT NULL,
    "verdict" "ReviewVerdict" NOT NULL,
    "note" TEXT,
    "reviewedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT now(),

    CONSTRAINT "ImpersonationReview_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "AccessRequest" (
    "id" TEXT NOT NULL DEFAULT new_id('acr'),
    "organizationId" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "staffMemberId" TEXT NOT NULL,
    "staffLabel" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "ticket" TEXT NOT NULL,
    "state" "AccessRequestState" NOT NULL DEFAULT 'pending',
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT now(),
    "expiresAt" TIMESTAMPTZ(3) NOT NULL DEFAULT now() + interval '1 day',
    "answeredByLabel" TEXT,
    "answeredAt" TIMESTAMPTZ(3),
    "allowedUntil" TIMESTAMPTZ(3),

    CONSTRAINT "AccessRequest_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "PersonalDataReveal" (
    "id" TEXT NOT NULL DEFAULT new_id('rev'),
    "staffMemberId" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL DEFAULT now() + interval '15 minutes',

    CONSTRAINT "PersonalDataReveal_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "Deactivation_organizationId_key" ON "Deactivation"("organizationId");

-- CreateIndex
CREATE UNIQUE INDEX "ScheduledDeletion_organizationId_key" ON "ScheduledDeletion"("organizationId");

-- CreateIndex
CREATE INDEX "ScheduledDeletion_dueAt_idx" ON "ScheduledDeletion"("dueAt");

-- CreateIndex
CREATE UNIQUE INDEX "Maintenance_organizationId_key" ON "Maintenance"("organizationId");

-- CreateIndex
CREATE UNIQUE INDEX "LimitOverride_organizationId_key" ON "LimitOverride"("organizationId");

-- CreateIndex
CREATE UNIQUE INDEX "OrganizationFlag_organizationId_flag_key" ON "OrganizationFlag"("organizationId", "flag");

-- CreateIndex
CREATE INDEX "SeatExpansion_organizationId_idx" ON "SeatExpansion"("organizationId");

-- CreateIndex
CREATE UNIQUE INDEX "Invoice_number_key" ON "Invoice"("number");

-- CreateIndex
CREATE INDEX "Invoice_organizationId_issuedAt_idx" ON "Invoice"("organizationId", "issuedAt" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "RecoveryCode_userId_codeHash_key" ON "RecoveryCode"("userId", "codeHash");

-- CreateIndex
CREATE INDEX "AccountToken_userId_idx" ON "AccountToken"("userId");

-- CreateIndex
CREATE INDEX "SignUp_expiresAt_idx" ON "SignUp"("expiresAt");

-- CreateIndex
CREATE INDEX "SignInThrottle_updatedAt_idx" ON "SignInThrottle"("updatedAt");

-- CreateIndex
CREATE INDEX "Invitation_organizationId_idx" ON "Invitation"("organizationId");

-- CreateIndex
CREATE INDEX "Invitation_email_idx" ON "Invitation"("email");

-- CreateIndex
CREATE INDEX "MonitorStateChange_monitorId_at_idx" ON "MonitorStateChange"("monitorId", "at" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "ApiKey_prefix_key" ON "ApiKey"("prefix");

-- CreateIndex
CREATE UNIQUE INDEX "ApiKey_keyHash_key" ON "ApiKey"("keyHash");

-- CreateIndex
CREATE INDEX "ApiKey_organizationId_idx" ON "ApiKey"("organizationId");

-- CreateIndex
CREATE INDEX "WebhookEndpoint_organizationId_idx" ON "WebhookEndpoint"("organizationId");

-- CreateIndex
CREATE INDEX "WebhookDelivery_endpointId_id_idx" ON "WebhookDelivery"("endpointId", "id" DESC);

-- CreateIndex
CREATE INDEX "DataExport_organizationId_id_idx" ON "DataExport"("organizationId", "id" DESC);

-- CreateIndex
CREATE INDEX "SupportCase_organizationId_idx" ON "SupportCase"("organizationId");

-- CreateIndex
CREATE UNIQUE INDEX "HandoverCode_codeHash_key" ON "HandoverCode"("codeHash");

-- CreateIndex
CREATE INDEX "HandoverCode_impersonationId_idx" ON "HandoverCode"("impersonationId");

-- CreateIndex
CREATE INDEX "ImpersonationView_impersonationId_id_idx" ON "ImpersonationView"("impersonationId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "ImpersonationReview_impersonationId_key" ON "ImpersonationReview"("impersonationId");

-- CreateIndex
CREATE INDEX "AccessRequest_organizationId_idx" ON "AccessRequest"("organizationId");

-- CreateIndex
CREATE INDEX "AccessRequest_staffMemberId_idx" ON "AccessRequest"("staffMemberId");

-- CreateIndex
CREATE INDEX "PersonalDataReveal_staffMemberId_userId_idx" ON "PersonalDataReveal"("staffMemberId", "userId");

-- CreateIndex
CREATE INDEX "Monitor_nextCheckAt_idx" ON "Monitor"("nextCheckAt");

-- AddForeignKey
ALTER TABLE "Deactivation" ADD CONSTRAINT "Deactivation_organizationId_fkey" FOREIGN KEY ("organizationId") REFERENCES "Organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ScheduledDeletion" ADD CONSTRAINT "ScheduledDeletion_organizationId_fkey" FOREIGN KEY ("organizationId") REFERENCES "Organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Maintenance" ADD CONSTRAINT "Maintenance_organizationId_fkey" FOREIGN KEY ("organizationId") REFERENCES "Organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "LimitOverride" ADD CONSTRAINT "LimitOverride_organizationId_fkey" FOREIGN KEY ("organizationId") REFERENCES "Organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "OrganizationFlag" ADD CONSTRAINT "OrganizationFlag_organizationId_fkey" FOREIGN KEY ("organizationId") REFERENCES "Organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SeatExpansion" ADD CONSTRAINT "SeatExpansion_organizationId_fkey" FOREIGN KEY ("organizationId") REFERENCES "Organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Invoice" ADD CONSTRAINT "Invoice_organizationId_fkey" FOREIGN KEY ("organizationId") REFERENCES "Organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "RecoveryCode" ADD CONSTRAINT "RecoveryCode_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "AccountToken" ADD CONSTRAINT "AccountToken_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Invitation" ADD CONSTRAINT "Invitation_organizationId_fkey" FOREIGN KEY ("organizationId") REFERENCES "Organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "MonitorStateChange" ADD CONSTRAINT "MonitorStateChange_monitorId_fkey" FOREIGN KEY ("monitorId") REFERENCES "Monitor"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ApiKey" ADD CONSTRAINT "ApiKey_organizationId_fkey" FOREIGN KEY ("organizationId") REFERENCES "Organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "WebhookEndpoint" ADD CONSTRAINT "WebhookEndpoint_organizationId_fkey" FOREIGN KEY ("organizationId") REFERENCES "Organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "WebhookDelivery" ADD CONSTRAINT "WebhookDelivery_endpointId_fkey" FOREIGN KEY ("endpointId") REFERENCES "WebhookEndpoint"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "DataExport" ADD CONSTRAINT "DataExport_organizationId_fkey" FOREIGN KEY ("organizationId") REFERENCES "Organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "DataExportFile" ADD CONSTRAINT "DataExportFile_id_fkey" FOREIGN KEY ("id") REFERENCES "DataExport"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Impersonation" ADD CONSTRAINT "Impersonation_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Impersonation" ADD CONSTRAINT "Impersonation_organizationId_fkey" FOREIGN KEY ("organizationId") REFERENCES "Organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "HandoverCode" ADD CONSTRAINT "HandoverCode_impersonationId_fkey" FOREIGN KEY ("impersonationId") REFERENCES "Impersonation"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ImpersonationView" ADD CONSTRAINT "ImpersonationView_impersonationId_fkey" FOREIGN KEY ("impersonationId") REFERENCES "Impersonation"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ImpersonationReview" ADD CONSTRAINT "ImpersonationReview_impersonationId_fkey" FOREIGN KEY ("impersonationId") REFERENCES "Impersonation"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "AccessRequest" ADD CONSTRAINT "AccessRequest_organizationId_fkey" FOREIGN KEY ("organizationId") REFERENCES "Organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "AccessRequest" ADD CONSTRAINT "AccessRequest_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What is captured, and what of it is hidden.
CALL audit_table('Deactivation');
CALL audit_table('ScheduledDeletion');
CALL audit_table('Maintenance');
CALL audit_table('LimitOverride');
CALL audit_table('Setting');
CALL audit_table('OrganizationFlag');
CALL audit_table('SeatExpansion');
CALL audit_table('Invoice');
CALL audit_table('RecoveryCode', '{codeHash}');
CALL audit_table('AccountToken', '{}', '{email}');
CALL audit_table('SignUp', '{passwordHash}', '{email,name}');
CALL audit_table('Invitation', '{}', '{email}');
CALL audit_table('ApiKey', '{keyHash}', '{}', '{lastUsedAt}');
CALL audit_table('WebhookEndpoint', '{signingSecret}');
CALL audit_table('DataExport');
CALL audit_table('HandoverCode', '{codeHash}');
CALL audit_table('ImpersonationReview');
CALL audit_table('AccessRequest');
CALL audit_table('PersonalDataReveal');

CREATE PROCEDURE audit_table_again(name text, secret text[] DEFAULT '{}', personal text[] DEFAULT '{}', telemetry text[] DEFAULT '{}')
LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('DROP TRIGGER audit_capture ON %I', name);
  EXECUTE format('DROP TRIGGER audit_capture_truncate ON %I', name);
  CALL audit_table(name, secret, personal, telemetry);
END
$$;
REVOKE ALL ON PROCEDURE audit_table_again FROM PUBLIC;

CALL audit_table_again('User', '{passwordHash,totpSecret}', '{email}', '{totpLastStep,failedSignIns,lastSeenAt}');
CALL audit_table_again('Monitor', '{pingKey}', '{}', '{lastPingAt,lastPingKind,lastStartedAt,state,stateSince,nextCheckAt}');

GRANT SELECT, INSERT, UPDATE, DELETE ON
  "Deactivation", "ScheduledDeletion", "Maintenance", "LimitOverride", "Setting", "OrganizationFlag", "SeatExpansion", "Invoice",
  "RecoveryCode", "SignInThrottle", "MonitorStateChange", "ApiKey", "WebhookEndpoint", "WebhookDelivery", "DataExport", "DataExportFile",
  "SupportCase", "ImpersonationReview"
TO countersign_app;

-- How long these last is decided once, by the database's clock, when they begin.
GRANT SELECT, DELETE ON "AccountToken", "SignUp", "Invitation", "AccessRequest", "PersonalDataReveal", "ImpersonationView", "HandoverCode" TO countersign_app;
GRANT INSERT ("userId", "purpose", "email"), UPDATE ("usedAt") ON "AccountToken" TO countersign_app;
GRANT INSERT ("email", "name", "organizationName", "passwordHash"), UPDATE ("usedAt") ON "SignUp" TO countersign_app;
GRANT INSERT ("organizationId", "email", "role", "invitedByLabel"), UPDATE ("acceptedAt", "revokedAt", "expiresAt") ON "Invitation" TO countersign_app;
GRANT INSERT ("organizationId", "userId", "staffMemberId", "staffLabel", "reason", "ticket"),
  UPDATE ("state", "answeredByLabel", "answeredAt", "allowedUntil") ON "AccessRequest" TO countersign_app;
GRANT INSERT ("staffMemberId", "userId") ON "PersonalDataReveal" TO countersign_app;
GRANT INSERT ("impersonationId", "kind", "name") ON "ImpersonationView" TO countersign_app;
GRANT USAGE ON SEQUENCE "ImpersonationView_id_seq" TO countersign_app;
GRANT INSERT ("needsReview"), UPDATE ("writeReason", "steppedUpAt", "needsReview", "customerToldAt") ON "Impersonation" TO countersign_app;
GRANT INSERT ("impersonationId", "codeHash"), UPDATE ("usedAt") ON "HandoverCode" TO countersign_app;

GRANT SELECT ON
  "Deactivation", "ScheduledDeletion", "Maintenance", "LimitOverride", "Setting", "OrganizationFlag", "SeatExpansion", "Invoice",
  "AccountToken", "MonitorStateChange", "WebhookDelivery", "DataExport", "SupportCase", "Invitation", "ImpersonationView",
  "ImpersonationReview", "AccessRequest", "PersonalDataReveal"
TO countersign_reader;
GRANT SELECT ("id", "userId", "usedAt") ON "RecoveryCode" TO countersign_reader;
GRANT SELECT ("emailVerifiedAt", "totpEnabledAt") ON "User" TO countersign_reader;
GRANT SELECT ("id", "organizationId", "name", "prefix", "scopes", "createdById", "createdAt", "lastUsedAt", "revokedAt") ON "ApiKey" TO countersign_reader;
GRANT SELECT ("id", "organizationId", "url", "events", "createdAt") ON "WebhookEndpoint" TO countersign_reader;
