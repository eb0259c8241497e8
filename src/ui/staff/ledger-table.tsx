import { formatMoney } from "#lib/money.ts";
import { Badge, type BadgeTone } from "../badge.tsx";
import { DataTable } from "../data-table.tsx";
import { Id } from "../id.tsx";
import { Age } from "../time.tsx";

type Entry = {
  id: string;
  kind: "refund" | "credit";
  amount: number;
  currency: string;
  failure: string | null;
  stripeId: string | null;
  stripeChargeId: string | null;
  staffLabel: string;
  givenAt: Date;
  stateInWords: { words: string; tone: BadgeTone };
  /** What a refund is of, where that is not the page's own. */
  invoice?: { id: string; number: string } | null;
};

/** Money that a customer was given, and how far it is. */
export function LedgerTable({ entries, label = "Refunds and credits" }: { entries: readonly Entry[]; label?: string }) {
  return (
    <DataTable label={label} columns={["What", "Amount", "State", "By", "When", "At Stripe"]}>
      {entries.map(({ id, kind, amount, currency, failure, staffLabel, stateInWords, invoice, ...entry }) => (
        <tr key={id}>
          <td>
            {kind === "refund" ? "Refund" : "Credit"}
            {invoice && (
              <>
                {" of "}
                <a href={`/admin/invoices/${invoice.id}`}>{invoice.number}</a>
              </>
            )}
          </td>
          <td className="nowrap">{formatMoney(amount, currency)}</td>
          <td>
            <Badge tone={stateInWords.tone}>{stateInWords.words}</Badge> {failure && <small>{failure}</small>}
          </td>
          <td>{staffLabel}</td>
          <td>
            <Age value={entry.givenAt} />
          </td>
          <td>
            {entry.stripeId && <Id>{entry.stripeId}</Id>} {entry.stripeChargeId && <Id>{entry.stripeChargeId}</Id>}
          </td>
        </tr>
      ))}
    </DataTable>
  );
}
