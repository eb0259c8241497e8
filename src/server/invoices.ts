import { invoiceState } from "#domain/invoices.ts";
import { Prisma } from "#generated/prisma/client.ts";
import type { InvoiceModel } from "#generated/prisma/models.ts";
import type { Reader } from "./db.ts";

const shown = [
  "id",
  "number",
  "status",
  "currency",
  "amountDue",
  "amountPaid",
  "periodStart",
  "periodEnd",
  "issuedAt",
  "dueAt",
  "paidAt",
] as const satisfies (keyof InvoiceModel)[];
const columns = Prisma.raw(shown.map((name) => (name === "status" ? `i."status"::text AS "status"` : `i."${name}"`)).join(", "));

type Found = Pick<InvoiceModel, (typeof shown)[number]>;
export type InvoiceRow = Found & { state: ReturnType<typeof invoiceState> };

/** An organization's invoices, newest first, and apart from them the one that is planned next. */
export async function findInvoices(
  db: Reader,
  organizationId: string,
  take: number,
): Promise<{ issued: InvoiceRow[]; next: InvoiceRow | null; overdue: number }> {
  const own = Prisma.sql`SELECT * FROM "Invoice" i WHERE i."organizationId" = ${organizationId}`;
  // One statement: where nothing was issued, nothing is overdue either.
  const rows = await db.$queryRaw<(Found & { overdue: number })[]>`
    WITH i AS (
      (${own} AND i."status" <> 'draft' ORDER BY i."issuedAt" DESC, i."id" DESC LIMIT ${take})
      UNION ALL (${own} AND i."status" = 'draft' ORDER BY i."issuedAt" LIMIT 1)
    )
    SELECT ${columns}, (
      SELECT count(*)::int FROM "Invoice" o WHERE o."organizationId" = ${organizationId} AND o."status" = 'open' AND o."dueAt" < now()
    ) AS "overdue"
    FROM i ORDER BY i."issuedAt" DESC, i."id" DESC`;
  const described = rows.map(({ overdue: _, ...invoice }) => ({ ...invoice, state: invoiceState(invoice) }));
  return {
    issued: described.filter(({ status }) => status !== "draft"),
    next: described.find(({ status }) => status === "draft") ?? null,
    overdue: rows[0]?.overdue ?? 0,
  };
}
