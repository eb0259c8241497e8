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

type Props = {
  invoices: readonly Invoice[];
  /** Where each has a page, and where a document. */
  path: string;
  documents?: string;
};

export function InvoiceTable({ invoices, path, documents }: Props) {
  if (invoices.length === 0) return <EmptyState>No invoice yet. The first one comes when a paid period begins.</EmptyState>;
  return (
    <DataTable label="Invoices" columns={["Number", "Period", "Amount", "Status", "Due", ...(documents ? ["Document"] : [])]}>
      {invoices.map(({ id, number, currency, amountDue, periodStart, periodEnd, dueAt, state }) => (
        <tr key={id}>
          <td className="nowrap">
            <a href={`${path}/${id}`}>{number}</a>
          </td>
          <td>
            {formatDay(periodStart)} to {formatDay(periodEnd)}
          </td>
          <td className="nowrap">{formatMoney(amountDue, currency)}</td>
          <td>
            <Badge tone={state.tone}>{state.words}</Badge>
          </td>
          <td className="nowrap">{dueAt ? formatDay(dueAt) : "at once"}</td>
          {documents && (
            <td>
              <a href={`${documents}/${id}.pdf`} aria-label={`${number} as a PDF`}>
                PDF
              </a>
            </td>
          )}
        </tr>
      ))}
    </DataTable>
  );
}
