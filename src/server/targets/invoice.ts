import type { Prisma } from "#generated/prisma/client.ts";
import { defineTarget } from "./define-target.ts";

export const invoiceTarget = defineTarget({
  title: "Invoice",
  find: (db, where: Prisma.InvoiceWhereInput) =>
    db.invoice.findFirst({
      where,
      select: {
        id: true,
        organizationId: true,
        number: true,
        status: true,
        currency: true,
        amountDue: true,
        amountPaid: true,
        stripeInvoiceId: true,
        stripePaymentIntentId: true,
        organization: { select: { id: true, name: true, slug: true, stripeCustomerId: true } },
        ledgerEntries: { select: { id: true, kind: true, amount: true, state: true }, orderBy: { id: "asc" } },
      },
      relationLoadStrategy: "join",
    }),
  label: (row) => row.number,
  organizationId: (row) => row.organizationId,
  phrase: (row) => row.number,
  path: (row) => `/admin/invoices/${row.id}`,
  organizationField: "organizationId",
});
