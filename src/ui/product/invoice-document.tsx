import { formatDay } from "#lib/format-time.ts";
import { Facts } from "../facts.tsx";
import { InvoiceLines } from "../invoice-lines.tsx";

type Props = {
  organization: { name: string; slug: string };
  invoice: {
    id: string;
    number: string;
    currency: string;
    amountDue: number;
    amountPaid: number;
    periodStart: Date;
    periodEnd: Date;
    issuedAt: Date;
    dueAt: Date | null;
    paidAt: Date | null;
    lines: readonly { description: string; quantity: number; amount: number }[];
    refunds: readonly { id: string; amount: number; words: string; createdAt: Date }[];
  };
};

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

function sumsOf({ amountDue, amountPaid, refunds }: Props["invoice"]) {
  const left = amountDue - amountPaid;
  return [
    { term: "Total", amount: amountDue },
    left > 0 ? { term: "Still to pay", amount: left } : { term: "Paid", amount: amountPaid },
    ...refunds.map(({ id, amount, words, createdAt }) => ({ id, term: `Refund of ${formatDay(createdAt)}, ${words}`, amount: -amount })),
  ];
}
