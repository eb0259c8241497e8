-- Fragments of names and addresses are found by trigrams. Without a pending list, which every search would have to read.
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE INDEX "User_email_trgm" ON "User" USING gin ("email" gin_trgm_ops) WITH (fastupdate = off);
-- On the columns themselves, not lower(): a role with column grants gets no statistics of expressions, and would scan.
CREATE INDEX "User_name_trgm" ON "User" USING gin ("name" gin_trgm_ops) WITH (fastupdate = off);
CREATE INDEX "Organization_name_trgm" ON "Organization" USING gin ("name" gin_trgm_ops) WITH (fastupdate = off);
CREATE INDEX "Organization_name_id" ON "Organization" ("name", "id");
CREATE INDEX "Organization_slug_trgm" ON "Organization" USING gin ("slug" gin_trgm_ops) WITH (fastupdate = off);

CREATE INDEX "AuditEvent_at" ON "AuditEvent" ("at" DESC, "id" DESC);
CREATE INDEX "AuditEvent_onBehalfOf" ON "AuditEvent" ("onBehalfOfId", "at" DESC, "id" DESC) WHERE "onBehalfOfId" IS NOT NULL;
CREATE INDEX "AuditEvent_impersonation" ON "AuditEvent" ("impersonationId", "at" DESC, "id" DESC) WHERE "impersonationId" IS NOT NULL;
CREATE INDEX "AuditEvent_ticket" ON "AuditEvent" ("ticket", "at" DESC, "id" DESC) WHERE "ticket" IS NOT NULL;
CREATE INDEX "AuditEvent_not_succeeded" ON "AuditEvent" ("outcome", "at" DESC, "id" DESC) WHERE "outcome" <> 'succeeded';
CREATE INDEX "AuditEvent_text" ON "AuditEvent" USING gin (to_tsvector('simple', "summary" || ' ' || coalesce("reason", '')));

CREATE INDEX "Impersonation_open" ON "Impersonation" ("expiresAt") WHERE "endedAt" IS NULL;

ALTER TABLE "User" ADD CONSTRAINT "User_email_lower" CHECK ("email" = lower("email") AND position('@' IN "email") > 1);
ALTER TABLE "Organization" ADD CONSTRAINT "Organization_slug_form" CHECK ("slug" ~ '^[a-z0-9]+(-[a-z0-9]+)*$');
ALTER TABLE "Impersonation" ADD CONSTRAINT "Impersonation_at_most_30_minutes" CHECK ("expiresAt" <= "startedAt" + interval '30 minutes');
ALTER TABLE "StaffSession" ADD CONSTRAINT "StaffSession_at_most_8_hours" CHECK ("expiresAt" <= "createdAt" + interval '8 hours');
