import { Prisma } from "#generated/prisma/client.ts";
import type { Outcome } from "#generated/prisma/enums.ts";
import { canonicalJson } from "#lib/canonical-json.ts";
import type { Actor, Context } from "../actor.ts";

export type EventInput = {
  context: Context & { actor: Actor };
  operation: string;
  outcome: Outcome;
  summary: string;
  target?: { type: string; id: string; label: string } | undefined;
  organizationId?: string | null | undefined;
  reason?: string | null | undefined;
  ticket?: string | null | undefined;
  /** The decision of a second person that let it happen. */
  approvalId?: string | undefined;
  metadata?: Record<string, unknown> | undefined;
};

/**
 * The one statement that writes an audit event. It also tells the row triggers, for the rest of this transaction,
 * which event the changes belong to. Id, time and transaction are the database's.
 */
export function insertEventSql(event: EventInput): Prisma.Sql {
  const { context } = event;
  const { actor } = context;
  return Prisma.sql`
    WITH event AS (
      INSERT INTO "AuditEvent" (
        "actorType", "actorId", "actorLabel", "actorRoles", "onBehalfOfId", "onBehalfOfLabel", "organizationId", "operation",
        "targetType", "targetId", "targetLabel", "outcome", "summary", "reason", "ticket", "requestId", "sessionId",
        "impersonationId", "approvalId", "sourceIp", "userAgent", "metadata"
      ) VALUES (
        ${actor.type}::"ActorType", ${actor.id}, ${actor.label}, ${actor.type === "staff" ? [...actor.roles] : []}::text[],
        ${context.onBehalfOf?.id ?? null}, ${context.onBehalfOf?.label ?? null}, ${event.organizationId ?? null}, ${event.operation},
        ${event.target?.type ?? null}, ${event.target?.id ?? null}, ${event.target?.label ?? null}, ${event.outcome}::"Outcome",
        ${event.summary}, ${event.reason ?? null}, ${event.ticket ?? null}, ${context.requestId},
        ${("sessionId" in actor && actor.sessionId) || null}, ${context.impersonation?.id ?? null}, ${event.approvalId ?? null}, ${context.sourceIp},
        ${context.userAgent}, ${event.metadata ? canonicalJson(event.metadata) : null}::jsonb
      ) RETURNING "id"
    )
    SELECT "id", set_config('countersign.event_id', "id", true) FROM event`;
}
