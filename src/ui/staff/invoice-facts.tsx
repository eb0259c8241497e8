import { formatDay } from "#lib/format-time.ts";
import { formatMoney } from "#lib/money.ts";
import { plural } from "#lib/text.ts";
import type { ShownInvoice } from "#router/staff/invoices.ts";
import { Facts } from "../facts.tsx";
import { Id } from "../id.tsx";
import { Time } from "../time.tsx";

export function InvoiceFacts({ invoice, left }: { invoice: ShownInvoice; left: number }) {
  const { id, organization, currency, amountDue, amountPaid, attempts, stripeInvoiceId, stripePaymentIntentId, stripeChargeId } = invoice;
  const money = (amount: number) => formatMoney(amount, currency);
  return (
    <Facts
      facts={{
        Organization: <a href={`/admin/organizations/${organization.id}`}>{organization.name}</a>,
        Total: money(amountDue),
        Paid: money(amountPaid),
        "Still to pay": amountDue > amountPaid ? <strong>{money(amountDue - amountPaid)}</strong> : null,
        "Left to refund": amountPaid > 0 ? money(left) : null,
        Period: `${formatDay(invoice.periodStart)} to ${formatDay(invoice.periodEnd)}`,
        Issued: <Time value={invoice.issuedAt} />,
        Due: invoice.dueAt && <Time value={invoice.dueAt} />,
        "Paid on": invoice.paidAt && <Time value={invoice.paidAt} />,
        Attempts: attempts > 0 ? plural(attempts, "attempt") : null,
        "Next attempt": invoice.nextAttemptAt && <Time value={invoice.nextAttemptAt} />,
        "Stripe invoice": stripeInvoiceId ? <Id>{stripeInvoiceId}</Id> : "not known there",
        "Stripe payment": stripePaymentIntentId && <Id>{stripePaymentIntentId}</Id>,
        "Stripe charge": stripeChargeId && <Id>{stripeChargeId}</Id>,
        Id: <Id>{id}</Id>,
      }}
    />
  );
}
