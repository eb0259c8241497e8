import { z } from "zod";
import { type AuditEvent, Prisma } from "#generated/prisma/client.ts";
import { Outcome } from "#generated/prisma/enums.ts";
import { text } from "#lib/text.ts";
import { reader } from "../db.ts";
import { allOf, keyset, type Page, pageSize, toPage } from "../keyset.ts";

const id = text({ max: 64 });

const day = z.iso.date("Use a date such as 2026-11-21.").refine((value) => value >= "2000", "Use a date such as 2026-11-21.");

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
  from: day.optional(),
  to: day.optional(),
  q: text({ min: 0, max: 100 }).optional(),
  after: text({ max: 400 }).optional(),
});

export type AuditFilters = z.output<typeof auditFilters>;

export async function searchEvents({ after, ...filters }: AuditFilters): Promise<Page<AuditEvent>> {
  const page = keyset({ column: Prisma.sql`"at"`, id: Prisma.sql`"id"`, direction: "desc", cast: "timestamptz" }, after);
  const where = allOf([...conditionsOf(filters), page.where]);
  const rows = filters.q
    ? await searchText(where, page.order)
    : await reader().$queryRaw<AuditEvent[]>`SELECT * FROM "AuditEvent" WHERE ${where} ${page.order}`;
  return toPage(rows, (row) => row.at.toISOString());
}

/** All that the filters find, newest first and a page at a time; after `most` events it ends with the page. */
export async function* searchEveryEvent(filters: Omit<AuditFilters, "after">, most: number): AsyncGenerator<AuditEvent[]> {
  let after: string | null = null;
  let total = 0;
  do {
    const page: Page<AuditEvent> = await searchEvents({ ...filters, ...(after && { after }) });
    if (page.rows.length > 0) yield page.rows;
    total += page.rows.length;
    after = page.next;
  } while (after && total < most);
}

/**
 * Words are looked up month by month, newest first, until a page is full. In one statement PostgreSQL would rather walk
 * all events by time and read every text, which takes minutes for a word that does not occur.
 */
async function searchText(where: Prisma.Sql, order: Prisma.Sql): Promise<AuditEvent[]> {
  const months = await reader().$queryRaw<{ from: Date; until: Date }[]>`
    SELECT month AS "from", month + interval '1 month' AS "until"
    FROM generate_series((SELECT date_trunc('month', min("at"), 'UTC') FROM "AuditEvent"), now(), interval '1 month') AS month ORDER BY month DESC`;
  const found: AuditEvent[] = [];
  for (const { from, until } of months) {
    const rows = await reader().$queryRaw<AuditEvent[]>`
      WITH hits AS MATERIALIZED (SELECT * FROM "AuditEvent" WHERE "at" >= ${from} AND "at" < ${until} AND ${where}) SELECT * FROM hits ${order}`;
    found.push(...rows);
    if (found.length > pageSize) break;
  }
  return found.slice(0, pageSize + 1);
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
}: Omit<AuditFilters, "after">): (Prisma.Sql | null)[] {
  return [
    organization ? Prisma.sql`"organizationId" = ${organization}` : null,
    actor ? Prisma.sql`"actorId" = ${actor}` : null,
    onBehalfOf ? Prisma.sql`"onBehalfOfId" = ${onBehalfOf}` : null,
    target ? Prisma.sql`"targetId" = ${target}` : null,
    impersonation ? ofImpersonation(impersonation) : null,
    operation ? Prisma.sql`"operation" = ${operation}` : null,
    outcome ? Prisma.sql`"outcome" = ${outcome}::"Outcome"` : null,
    ticket ? Prisma.sql`"ticket" = ${ticket}` : null,
    from ? Prisma.sql`"at" >= ${from}::date::timestamp AT TIME ZONE 'UTC'` : null,
    to ? Prisma.sql`"at" < (${to}::date + 1)::timestamp AT TIME ZONE 'UTC'` : null,
    q ? Prisma.sql`to_tsvector('simple', "summary" || ' ' || coalesce("reason", '')) @@ plainto_tsquery('simple', ${q})` : null,
  ];
}

/** The event that started it is older than the impersonation itself, which refers to it. */
function ofImpersonation(impersonation: string): Prisma.Sql {
  return Prisma.sql`("impersonationId" = ${impersonation} OR "id" = (SELECT "startEventId" FROM "Impersonation" WHERE "id" = ${impersonation}))`;
}
