-- Ids carry their type and sort by the time they were made: prefix, 48 bits of milliseconds, 48 random bits.
CREATE FUNCTION new_id(prefix text) RETURNS text LANGUAGE sql VOLATILE PARALLEL SAFE AS $$
  SELECT prefix || '_' || lpad(to_hex((extract(epoch FROM clock_timestamp()) * 1000)::bigint), 12, '0')
    || left(replace(gen_random_uuid()::text, '-', ''), 12)
$$;

-- 244 random bits in 64 characters.
CREATE FUNCTION new_secret() RETURNS text LANGUAGE sql VOLATILE PARALLEL SAFE AS $$
  SELECT replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', '')
$$;

-- CreateEnum
CREATE TYPE "OrganizationRole" AS ENUM ('owner', 'admin', 'member');

-- CreateEnum
CREATE TYPE "StaffRole" AS ENUM ('viewer', 'support', 'billing', 'operations', 'engineering', 'admin');

-- CreateEnum
CREATE TYPE "SubscriptionStatus" AS ENUM ('trialing', 'active', 'pastDue', 'canceled');

-- CreateEnum
CREATE TYPE "ImpersonationMode" AS ENUM ('readOnly', 'write');

-- CreateEnum
CREATE TYPE "ProposalState" AS ENUM ('draft', 'awaitingApproval', 'run', 'rejected', 'expired', 'superseded');

-- CreateEnum
CREATE TYPE "ActorType" AS ENUM ('staff', 'user', 'service', 'system', 'database');

-- CreateEnum
CREATE TYPE "Outcome" AS ENUM ('succeeded', 'denied', 'failed', 'pending');

-- CreateTable
CREATE TABLE "Plan" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "monitors" INTEGER NOT NULL,
    "seats" INTEGER NOT NULL,
    "pingsPerMinute" INTEGER NOT NULL,
    "historyDays" INTEGER NOT NULL,
    "trialDays" INTEGER NOT NULL,

    CONSTRAINT "Plan_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Organization" (
    "id" TEXT NOT NULL DEFAULT new_id('org'),
    "name" TEXT NOT NULL,
    "slug" TEXT NOT NULL,
    "stripeCustomerId" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Organization_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Suspension" (
    "id" TEXT NOT NULL DEFAULT new_id('sus'),
    "organizationId" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "ticket" TEXT NOT NULL,
    "suspendedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Suspension_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Subscription" (
    "id" TEXT NOT NULL DEFAULT new_id('sub'),
    "organizationId" TEXT NOT NULL,
    "planId" TEXT NOT NULL,
    "status" "SubscriptionStatus" NOT NULL,
    "seats" INTEGER NOT NULL,
    "currency" TEXT NOT NULL DEFAULT 'EUR',
    "trialEndsAt" TIMESTAMPTZ(3),
    "currentPeriodEndsAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Subscription_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "User" (
    "id" TEXT NOT NULL DEFAULT new_id('usr'),
    "email" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "passwordHash" TEXT,
    "passwordChangedAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "failedSignIns" INTEGER NOT NULL DEFAULT 0,
    "lastSeenAt" TIMESTAMPTZ(3),

    CONSTRAINT "User_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Lockout" (
    "id" TEXT NOT NULL DEFAULT new_id('lck'),
    "userId" TEXT NOT NULL,
    "lockedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "until" TIMESTAMPTZ(3) NOT NULL DEFAULT now() + interval '15 minutes',

    CONSTRAINT "Lockout_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Membership" (
    "id" TEXT NOT NULL DEFAULT new_id('mem'),
    "organizationId" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "role" "OrganizationRole" NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Membership_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Session" (
    "id" TEXT NOT NULL DEFAULT new_id('ses'),
    "userId" TEXT NOT NULL,
    "sourceIp" TEXT,
    "userAgent" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL DEFAULT now() + interval '30 days',
    "endedAt" TIMESTAMPTZ(3),
    "lastSeenAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Session_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Monitor" (
    "id" TEXT NOT NULL DEFAULT new_id('mon'),
    "organizationId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "pingKey" TEXT NOT NULL DEFAULT new_secret(),
    "intervalSeconds" INTEGER NOT NULL,
    "graceSeconds" INTEGER NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "lastPingAt" TIMESTAMPTZ(3),

    CONSTRAINT "Monitor_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Ping" (
    "id" BIGSERIAL NOT NULL,
    "monitorId" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Ping_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "StaffMember" (
    "id" TEXT NOT NULL DEFAULT new_id('stf'),
    "issuer" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "StaffMember_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "StaffRoleGrant" (
    "id" TEXT NOT NULL DEFAULT new_id('srg'),
    "staffMemberId" TEXT NOT NULL,
    "role" "StaffRole" NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "StaffRoleGrant_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "StaffSession" (
    "id" TEXT NOT NULL DEFAULT new_id('sts'),
    "staffMemberId" TEXT NOT NULL,
    "groupRoles" "StaffRole"[],
    "sourceIp" TEXT,
    "userAgent" TEXT,
    "authenticatedAt" TIMESTAMPTZ(3) NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL DEFAULT now() + interval '8 hours',
    "endedAt" TIMESTAMPTZ(3),
    "lastSeenAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "StaffSession_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Impersonation" (
    "id" TEXT NOT NULL DEFAULT new_id('imp'),
    "staffMemberId" TEXT NOT NULL,
    "staffSessionId" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "organizationId" TEXT NOT NULL,
    "mode" "ImpersonationMode" NOT NULL DEFAULT 'readOnly',
    "reason" TEXT NOT NULL,
    "ticket" TEXT NOT NULL,
    "startEventId" TEXT NOT NULL,
    "startedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL DEFAULT now() + interval '30 minutes',
    "endedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Impersonation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Proposal" (
    "id" TEXT NOT NULL DEFAULT new_id('pro'),
    "operation" TEXT NOT NULL,
    "targetType" TEXT NOT NULL,
    "targetId" TEXT NOT NULL,
    "targetLabel" TEXT NOT NULL,
    "organizationId" TEXT,
    "input" JSONB NOT NULL,
    "reason" TEXT NOT NULL,
    "ticket" TEXT,
    "summary" TEXT NOT NULL,
    "requesterId" TEXT NOT NULL,
    "state" "ProposalState" NOT NULL DEFAULT 'draft',
    "hash" TEXT NOT NULL,
    "changes" JSONB NOT NULL,
    "consequences" TEXT[],
    "eventId" TEXT,
    "supersededById" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL DEFAULT now() + interval '24 hours',

    CONSTRAINT "Proposal_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "FormDraft" (
    "id" TEXT NOT NULL DEFAULT new_id('drf'),
    "ownerId" TEXT NOT NULL,
    "operation" TEXT NOT NULL,
    "values" JSONB NOT NULL,
    "error" JSONB NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "FormDraft_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "AuditEvent" (
    "id" TEXT NOT NULL DEFAULT new_id('evt'),
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT clock_timestamp(),
    "transactionId" TEXT NOT NULL DEFAULT pg_current_xact_id()::text,
    "actorType" "ActorType" NOT NULL,
    "actorId" TEXT NOT NULL,
    "actorLabel" TEXT NOT NULL,
    "actorRoles" TEXT[],
    "onBehalfOfId" TEXT,
    "onBehalfOfLabel" TEXT,
    "organizationId" TEXT,
    "operation" TEXT NOT NULL,
    "targetType" TEXT,
    "targetId" TEXT,
    "targetLabel" TEXT,
    "outcome" "Outcome" NOT NULL,
    "summary" TEXT NOT NULL,
    "reason" TEXT,
    "ticket" TEXT,
    "requestId" TEXT,
    "sessionId" TEXT,
    "impersonationId" TEXT,
    "approvalId" TEXT,
    "sourceIp" TEXT,
    "userAgent" TEXT,
    "metadata" JSONB,

    CONSTRAINT "AuditEvent_pkey" PRIMARY KEY ("id","at")
) PARTITION BY RANGE ("at");

-- CreateTable
CREATE TABLE "AuditChange" (
    "id" TEXT NOT NULL DEFAULT new_id('chg'),
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT clock_timestamp(),
    "eventId" TEXT NOT NULL,
    "tableName" TEXT NOT NULL,
    "rowId" TEXT NOT NULL,
    "before" JSONB,
    "after" JSONB,

    CONSTRAINT "AuditChange_pkey" PRIMARY KEY ("id","at")
) PARTITION BY RANGE ("at");

-- CreateIndex
CREATE UNIQUE INDEX "Organization_slug_key" ON "Organization"("slug");

-- CreateIndex
CREATE UNIQUE INDEX "Organization_stripeCustomerId_key" ON "Organization"("stripeCustomerId");

-- CreateIndex
CREATE UNIQUE INDEX "Suspension_organizationId_key" ON "Suspension"("organizationId");

-- CreateIndex
CREATE UNIQUE INDEX "Subscription_organizationId_key" ON "Subscription"("organizationId");

-- CreateIndex
CREATE INDEX "Subscription_status_organizationId_idx" ON "Subscription"("status", "organizationId");

-- CreateIndex
CREATE UNIQUE INDEX "User_email_key" ON "User"("email");

-- CreateIndex
CREATE UNIQUE INDEX "Lockout_userId_key" ON "Lockout"("userId");

-- CreateIndex
CREATE INDEX "Membership_userId_idx" ON "Membership"("userId");

-- CreateIndex
CREATE UNIQUE INDEX "Membership_organizationId_userId_key" ON "Membership"("organizationId", "userId");

-- CreateIndex
CREATE INDEX "Session_userId_idx" ON "Session"("userId");

-- CreateIndex
CREATE UNIQUE INDEX "Monitor_pingKey_key" ON "Monitor"("pingKey");

-- CreateIndex
CREATE INDEX "Monitor_organizationId_id_idx" ON "Monitor"("organizationId", "id");

-- CreateIndex
CREATE INDEX "Ping_monitorId_at_idx" ON "Ping"("monitorId", "at" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "StaffMember_issuer_subject_key" ON "StaffMember"("issuer", "subject");

-- CreateIndex
CREATE UNIQUE INDEX "StaffRoleGrant_staffMemberId_role_key" ON "StaffRoleGrant"("staffMemberId", "role");

-- CreateIndex
CREATE INDEX "StaffSession_staffMemberId_idx" ON "StaffSession"("staffMemberId");

-- CreateIndex
CREATE INDEX "Impersonation_userId_idx" ON "Impersonation"("userId");

-- CreateIndex
CREATE INDEX "Impersonation_organizationId_idx" ON "Impersonation"("organizationId");

-- CreateIndex
CREATE INDEX "Impersonation_staffMemberId_idx" ON "Impersonation"("staffMemberId");

-- CreateIndex
CREATE INDEX "Impersonation_staffSessionId_idx" ON "Impersonation"("staffSessionId");

-- CreateIndex
CREATE INDEX "Proposal_requesterId_id_idx" ON "Proposal"("requesterId", "id");

-- CreateIndex
CREATE INDEX "Proposal_state_id_idx" ON "Proposal"("state", "id");

-- CreateIndex
CREATE INDEX "Proposal_targetId_id_idx" ON "Proposal"("targetId", "id");

-- CreateIndex
CREATE INDEX "FormDraft_createdAt_idx" ON "FormDraft"("createdAt");

-- CreateIndex
CREATE INDEX "AuditEvent_organizationId_at_id_idx" ON "AuditEvent"("organizationId", "at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "AuditEvent_actorId_at_id_idx" ON "AuditEvent"("actorId", "at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "AuditEvent_targetId_at_id_idx" ON "AuditEvent"("targetId", "at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "AuditEvent_operation_at_id_idx" ON "AuditEvent"("operation", "at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "AuditChange_eventId_idx" ON "AuditChange"("eventId");

-- CreateIndex
CREATE INDEX "AuditChange_rowId_idx" ON "AuditChange"("rowId");

-- AddForeignKey
ALTER TABLE "Suspension" ADD CONSTRAINT "Suspension_organizationId_fkey" FOREIGN KEY ("organizationId") REFERENCES "Organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Subscription" ADD CONSTRAINT "Subscription_organizationId_fkey" FOREIGN KEY ("organizationId") REFERENCES "Organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Subscription" ADD CONSTRAINT "Subscription_planId_fkey" FOREIGN KEY ("planId") REFERENCES "Plan"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Lockout" ADD CONSTRAINT "Lockout_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Membership" ADD CONSTRAINT "Membership_organizationId_fkey" FOREIGN KEY ("organizationId") REFERENCES "Organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Membership" ADD CONSTRAINT "Membership_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Session" ADD CONSTRAINT "Session_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Monitor" ADD CONSTRAINT "Monitor_organizationId_fkey" FOREIGN KEY ("organizationId") REFERENCES "Organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Ping" ADD CONSTRAINT "Ping_monitorId_fkey" FOREIGN KEY ("monitorId") REFERENCES "Monitor"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "StaffRoleGrant" ADD CONSTRAINT "StaffRoleGrant_staffMemberId_fkey" FOREIGN KEY ("staffMemberId") REFERENCES "StaffMember"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "StaffSession" ADD CONSTRAINT "StaffSession_staffMemberId_fkey" FOREIGN KEY ("staffMemberId") REFERENCES "StaffMember"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Impersonation" ADD CONSTRAINT "Impersonation_staffMemberId_fkey" FOREIGN KEY ("staffMemberId") REFERENCES "StaffMember"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Impersonation" ADD CONSTRAINT "Impersonation_staffSessionId_fkey" FOREIGN KEY ("staffSessionId") REFERENCES "StaffSession"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Impersonation" ADD CONSTRAINT "Impersonation_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Impersonation" ADD CONSTRAINT "Impersonation_organizationId_fkey" FOREIGN KEY ("organizationId") REFERENCES "Organization"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

