import { formatMoney } from "#lib/money.ts";
import { DataTable } from "./data-table.tsx";

type Props = {
  lines: readonly { description: string; quantity: number; amount: number }[];
  currency: string;
  /** Below the lines. */
  sums: readonly { id?: string; term: string; amount: number }[];
};

/** What an invoice is made of. */
export function InvoiceLines({ lines, currency, sums }: Props) {
  return (
    <DataTable label="Lines" columns={["What", "Quantity", "Amount"]}>
      {lines.map(({ description, quantity, amount }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines never move, and two may say the same
        <tr key={index}>
          <td>{description}</td>
          <td>{quantity.toLocaleString("en-GB")}</td>
          <td className="nowrap">{formatMoney(amount, currency)}</td>
        </tr>
      ))}
      {sums.map(({ id, term, amount }) => (
        <tr key={id ?? term}>
          <th scope="row">{term}</th>
          <td />
          <td className="nowrap">{formatMoney(amount, currency)}</td>
        </tr>
      ))}
    </DataTable>
  );
}
