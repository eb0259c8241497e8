import { formatDay } from "#lib/format-time.ts";
import { formatMoney } from "#lib/money.ts";
import { plural } from "#lib/text.ts";
import type { BadgeTone } from "../badge.tsx";
import { Facts } from "../facts.tsx";
import { InvoiceTable } from "../invoice-table.tsx";
import { Message } from "../message.tsx";
import { UsageTable } from "../usage-table.tsx";

type Invoice = {
  id: string;
  number: string;
  currency: string;
  amountDue: number;
  periodStart: Date;
  periodEnd: Date;
  issuedAt: Date;
  dueAt: Date | null;
  state: { words: string; tone: BadgeTone };
};
type Props = {
  seats: string;
  overage: string | null;
  usage: readonly { label: string; used: number; of: number }[];
  issued: readonly Invoice[];
  next: Invoice | null;
  overdue: number;
};

/** What a customer uses and pays, at a glance. */
export function BillingSummary({ seats, overage, usage, issued, next, overdue }: Props) {
  return (
    <>
      {overage && <Message tone="notice">{overage}</Message>}
      <Facts
        facts={{
          Seats: seats,
          "Next invoice": next ? `${formatMoney(next.amountDue, next.currency)} on ${formatDay(next.issuedAt)}` : "none is planned",
          Overdue: overdue > 0 ? <strong>{plural(overdue, "invoice")}</strong> : "nothing",
        }}
      />
      <UsageTable usage={usage} />
      <InvoiceTable invoices={issued} path={null} />
    </>
  );
}
