import { z } from "zod";
import { type AuditEvent, Prisma } from "#generated/prisma/client.ts";
import { Outcome } from "#generated/prisma/enums.ts";
import { text } from "#lib/text.ts";
import { reader } from "../db.ts";
import { allOf, keyset, type Page, toPage } from "../keyset.ts";

const id = text({ max: 64 });

/** What the audit can be searched by; dates are UTC days, both included. */
export const auditFilters = z.strictObject({
  organization: id.optional(),
  actor: id.optional(),
  onBehalfOf: id.optional(),
  target: id.optional(),
  impersonation: id.optional(),
  operation: text({ max: 100 }).optional(),
  outcome: z.enum(Outcome).optional(),
  ticket: text({ max: 64 }).optional(),
  from: z.iso.date("Use a date such as 2026-11-21.").optional(),
  to: z.iso.date("Use a date such as 2026-11-21.").optional(),
  q: text({ min: 0, max: 100 }).optional(),
  after: text({ max: 400 }).optional(),
});

export type AuditFilters = z.output<typeof auditFilters>;

export async function searchEvents({ after, ...filters }: AuditFilters): Promise<Page<AuditEvent>> {
  const page = keyset({ column: Prisma.sql`"at"`, id: Prisma.sql`"id"`, direction: "desc", cast: "timestamptz" }, after);
  const rows = await reader().$queryRaw<
    AuditEvent[]
  >`SELECT * FROM "AuditEvent" WHERE ${conditionsOf(filters)} AND ${page.where} ${page.order}`;
  return toPage(rows, (row) => row.at.toISOString());
}

function conditionsOf({
  organization,
  actor,
  onBehalfOf,
  target,
  impersonation,
  operation,
  outcome,
  ticket,
  from,
  to,
  q,
}: Omit<AuditFilters, "after">): Prisma.Sql {
  return allOf([
    organization ? Prisma.sql`"organizationId" = ${organization}` : null,
    actor ? Prisma.sql`"actorId" = ${actor}` : null,
    onBehalfOf ? Prisma.sql`"onBehalfOfId" = ${onBehalfOf}` : null,
    target ? Prisma.sql`"targetId" = ${target}` : null,
    impersonation ? Prisma.sql`"impersonationId" = ${impersonation}` : null,
    operation ? Prisma.sql`"operation" = ${operation}` : null,
    outcome ? Prisma.sql`"outcome" = ${outcome}::"Outcome"` : null,
    ticket ? Prisma.sql`"ticket" = ${ticket}` : null,
    from ? Prisma.sql`"at" >= ${from}::date::timestamp AT TIME ZONE 'UTC'` : null,
    to ? Prisma.sql`"at" < (${to}::date + 1)::timestamp AT TIME ZONE 'UTC'` : null,
    q ? Prisma.sql`to_tsvector('simple', "summary" || ' ' || coalesce("reason", '')) @@ plainto_tsquery('simple', ${q})` : null,
  ]);
}
