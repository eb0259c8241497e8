-- countersign_app reads and changes the product's tables, adds to the audit, and owns nothing.
-- countersign_reader reads all but password hashes. Neither may truncate, and neither has a right it was not given here.
REVOKE ALL ON ALL TABLES IN SCHEMA public FROM PUBLIC;
REVOKE ALL ON ROUTINE new_id, new_secret, audit_mask, audit_redact, audit_unattributed, audit_current_event, audit_capture,
  audit_capture_truncate, audit_refuse, audit_table, audit_make_append_only, audit_refuse_truncate, create_audit_partition, try_create_audit_partition,
  ensure_audit_partitions FROM PUBLIC;

GRANT EXECUTE ON FUNCTION new_id(text), new_secret() TO countersign_app, countersign_reader, countersign_sealer;
GRANT EXECUTE ON FUNCTION ensure_audit_partitions() TO countersign_app;

GRANT SELECT, INSERT, UPDATE, DELETE ON
  "Plan", "Organization", "Suspension", "Subscription", "User", "Lockout", "Membership", "Monitor", "Ping",
  "StaffMember", "StaffRoleGrant", "Proposal", "FormDraft"
TO countersign_app;
GRANT USAGE ON SEQUENCE "Ping_id_seq" TO countersign_app;

-- How long a session lasts is decided once, by the database's clock, when it begins.
GRANT SELECT, DELETE ON "Session", "StaffSession", "Impersonation" TO countersign_app;
GRANT INSERT ("userId", "sourceIp", "userAgent"), UPDATE ("endedAt", "lastSeenAt") ON "Session" TO countersign_app;
GRANT INSERT ("staffMemberId", "groupRoles", "sourceIp", "userAgent", "authenticatedAt"), UPDATE ("endedAt", "lastSeenAt") ON "StaffSession" TO countersign_app;
GRANT INSERT ("staffMemberId", "staffSessionId", "userId", "organizationId", "mode", "reason", "ticket", "startEventId"), UPDATE ("endedAt", "mode") ON "Impersonation" TO countersign_app;

-- An event's id, time and transaction are set by the database alone. Changes are written only by the triggers.
GRANT SELECT ON "AuditEvent", "AuditChange" TO countersign_app;
GRANT INSERT (
  "actorType", "actorId", "actorLabel", "actorRoles", "onBehalfOfId", "onBehalfOfLabel", "organizationId", "operation",
  "targetType", "targetId", "targetLabel", "outcome", "summary", "reason", "ticket", "requestId", "sessionId",
  "impersonationId", "approvalId", "sourceIp", "userAgent", "metadata"
) ON "AuditEvent" TO countersign_app;

GRANT SELECT ON
  "Plan", "Organization", "Suspension", "Subscription", "Lockout", "Membership", "Session", "Monitor", "Ping",
  "StaffMember", "StaffRoleGrant", "StaffSession", "Impersonation", "Proposal", "FormDraft", "AuditEvent", "AuditChange"
TO countersign_reader;
GRANT SELECT ("id", "email", "name", "passwordChangedAt", "createdAt", "failedSignIns", "lastSeenAt") ON "User" TO countersign_reader;

GRANT SELECT ON "AuditEvent", "AuditChange" TO countersign_sealer;
