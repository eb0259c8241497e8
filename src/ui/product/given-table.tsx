import { formatDay } from "#lib/format-time.ts";
import { formatMoney } from "#lib/money.ts";
import type { GivenRow } from "#router/product/billing.ts";
import { DataTable } from "../data-table.tsx";

/** What was given back, or credited, to the customer. */
export function GivenTable({ given, path }: { given: readonly GivenRow[]; path: string }) {
  return (
    <DataTable label="Refunds and credits" columns={["When", "What", "Amount", "State"]}>
      {given.map(({ id, kind, amount, currency, words, createdAt, invoice }) => (
        <tr key={id}>
          <td className="nowrap">{formatDay(createdAt)}</td>
          <td>{kind === "credit" ? "Credit" : <>Refund of {invoice && <a href={`${path}/${invoice.id}`}>{invoice.number}</a>}</>}</td>
          <td className="nowrap">{formatMoney(amount, currency)}</td>
          <td>{words}</td>
        </tr>
      ))}
    </DataTable>
  );
}
