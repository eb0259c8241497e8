import { invoiceState } from "#domain/invoices.ts";
import type { InvoiceModel } from "#generated/prisma/models.ts";
import type { Reader } from "./db.ts";

const shown = {
  id: true,
  number: true,
  status: true,
  currency: true,
  amountDue: true,
  amountPaid: true,
  periodStart: true,
  periodEnd: true,
  issuedAt: true,
  dueAt: true,
  paidAt: true,
} as const;

export type InvoiceRow = Pick<InvoiceModel, keyof typeof shown> & { state: ReturnType<typeof invoiceState> };

/** An organization's invoices, newest first, and apart from them the one that is planned next. */
export async function findInvoices(
  db: Reader,
  organizationId: string,
  take: number,
): Promise<{ issued: InvoiceRow[]; next: InvoiceRow | null; overdue: number }> {
  const [issued, next, overdue] = await Promise.all([
    db.invoice.findMany({
      where: { organizationId, status: { not: "draft" } },
      orderBy: [{ issuedAt: "desc" }, { id: "desc" }],
      take,
      select: shown,
    }),
    db.invoice.findFirst({ where: { organizationId, status: "draft" }, orderBy: { issuedAt: "asc" }, select: shown }),
    db.invoice.count({ where: { organizationId, status: "open", dueAt: { lt: new Date() } } }),
  ]);
  const described = (invoice: Omit<InvoiceRow, "state">) => ({ ...invoice, state: invoiceState(invoice) });
  return { issued: issued.map(described), next: next && described(next), overdue };
}
