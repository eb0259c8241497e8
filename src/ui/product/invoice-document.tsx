import { formatDay } from "#lib/format-time.ts";
import { formatMoney } from "#lib/money.ts";
import { DataTable } from "../data-table.tsx";
import { Facts } from "../facts.tsx";

type Props = {
  organization: { name: string };
  invoice: {
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
  };
};

/** An invoice as a document: also when it is printed. */
export function InvoiceDocument({ organization, invoice }: Props) {
  const money = (amount: number) => formatMoney(amount, invoice.currency);
  const left = invoice.amountDue - invoice.amountPaid;
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
      <DataTable label="Lines" columns={["What", "Quantity", "Amount"]}>
        {invoice.lines.map(({ description, quantity, amount }) => (
          <tr key={description}>
            <td>{description}</td>
            <td>{quantity.toLocaleString("en-GB")}</td>
            <td className="nowrap">{money(amount)}</td>
          </tr>
        ))}
        <tr>
          <th scope="row">Total</th>
          <td />
          <td className="nowrap">
            <strong>{money(invoice.amountDue)}</strong>
          </td>
        </tr>
        <tr>
          <th scope="row">{left > 0 ? "Still to pay" : "Paid"}</th>
          <td />
          <td className="nowrap">{money(left > 0 ? left : invoice.amountPaid)}</td>
        </tr>
      </DataTable>
      <p className="quiet">To keep a copy, print this page.</p>
    </>
  );
}
