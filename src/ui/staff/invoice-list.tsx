import { formatDay } from "#lib/format-time.ts";
import { formatMoney } from "#lib/money.ts";
import type { InvoiceListRow } from "#router/staff/invoices.ts";
import { Badge } from "../badge.tsx";
import { DataTable } from "../data-table.tsx";

/** Invoices of all customers. */
export function InvoiceList({ rows }: { rows: readonly InvoiceListRow[] }) {
  return (
    <DataTable label="Invoices" columns={["Number", "Organization", "Status", "Amount", "Paid", "Refunded", "Attempts", "Issued", "Due"]}>
      {rows.map(({ id, number, currency, state, organizationId, organizationName, ...row }) => (
        <tr key={id}>
          <td className="nowrap">
            <a href={`/admin/invoices/${id}`}>{number}</a>
          </td>
          <td>
            <a href={`/admin/organizations/${organizationId}`}>{organizationName}</a>
          </td>
          <td>
            <Badge tone={state.tone}>{state.words}</Badge>
          </td>
          <td className="nowrap">{formatMoney(row.amountDue, currency)}</td>
          <td className="nowrap">{row.amountPaid > 0 && formatMoney(row.amountPaid, currency)}</td>
          <td className="nowrap">{row.refunded > 0 && formatMoney(row.refunded, currency)}</td>
          <td>{row.attempts > 0 && row.attempts.toLocaleString("en-GB")}</td>
          <td className="nowrap">{formatDay(row.issuedAt)}</td>
          <td className="nowrap">{row.dueAt ? formatDay(row.dueAt) : "at once"}</td>
        </tr>
      ))}
    </DataTable>
  );
}
