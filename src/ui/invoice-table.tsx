import { formatDay } from "#lib/format-time.ts";
import { formatMoney } from "#lib/money.ts";
import { Badge, type BadgeTone } from "./badge.tsx";
import { DataTable } from "./data-table.tsx";
import { EmptyState } from "./empty-state.tsx";

type Invoice = {
  id: string;
  number: string;
  currency: string;
  amountDue: number;
  periodStart: Date;
  periodEnd: Date;
  dueAt: Date | null;
  state: { words: string; tone: BadgeTone };
};

export function InvoiceTable({ invoices, path }: { invoices: readonly Invoice[]; path: string | null }) {
  if (invoices.length === 0) return <EmptyState>No invoice yet. The first one comes when a paid period begins.</EmptyState>;
  return (
    <DataTable label="Invoices" columns={["Number", "Period", "Amount", "Status", "Due"]}>
      {invoices.map(({ id, number, currency, amountDue, periodStart, periodEnd, dueAt, state }) => (
        <tr key={id}>
          <td className="nowrap">{path ? <a href={`${path}/${id}`}>{number}</a> : number}</td>
          <td>
            {formatDay(periodStart)} to {formatDay(periodEnd)}
          </td>
          <td className="nowrap">{formatMoney(amountDue, currency)}</td>
          <td>
            <Badge tone={state.tone}>{state.words}</Badge>
          </td>
          <td className="nowrap">{dueAt ? formatDay(dueAt) : "at once"}</td>
        </tr>
      ))}
    </DataTable>
  );
}
