import { formatDay } from "#lib/format-time.ts";
import type { OwnInvoice } from "#router/product/billing.ts";
import { Facts } from "../facts.tsx";
import { InvoiceLines } from "../invoice-lines.tsx";

type Props = { organization: { name: string; slug: string }; invoice: OwnInvoice };

/** An invoice as a document: also when it is printed. */
export function InvoiceDocument({ organization, invoice }: Props) {
  return (
    <>
      <Facts
        facts={{
          For: organization.name,
          Issued: formatDay(invoice.issuedAt),
          Period: `${formatDay(invoice.periodStart)} to ${formatDay(invoice.periodEnd)}`,
          Due: invoice.dueAt && formatDay(invoice.dueAt),
          Paid: invoice.paidAt && formatDay(invoice.paidAt),
        }}
      />
      <InvoiceLines lines={invoice.lines} currency={invoice.currency} sums={sumsOf(invoice)} />
      <p>
        <a href={`/o/${organization.slug}/billing/invoices/${invoice.id}.pdf`}>Keep a copy as a PDF</a>
      </p>
    </>
  );
}

function sumsOf({ amountDue, amountPaid, refunds }: OwnInvoice) {
  const left = amountDue - amountPaid;
  return [
    { term: "Total", amount: amountDue },
    left > 0 ? { term: "Still to pay", amount: left } : { term: "Paid", amount: amountPaid },
    ...refunds.map(({ id, amount, words, createdAt }) => ({ id, term: `Refund of ${formatDay(createdAt)}, ${words}`, amount: -amount })),
  ];
}
